//! What a browser says by itself when it goes somewhere: what it accepts, and from which page a form is sent. Some
//! providers answer requests without it as those of programs, or refuse them.

use signoff_oidc::{Client, Origin, Request, Response};

/// What browsers say they want when somebody goes to an address.
const ACCEPT: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/// A page of somebody who is no party to the sign-off.
pub(super) const STRANGER: &str = "https://evil.test";

/// A request without `Accept` says that a page is wanted.
pub(super) fn wanting_a_page(request: Request) -> Request {
    match request.header("Accept") {
        Some(_) => request,
        None => request.with_header("Accept", ACCEPT),
    }
}

/// The origin of the application that sends the browser: that of its first address that has one.
pub(super) fn of_client(client: &Client) -> Option<Origin> {
    let mut addresses = client
        .redirect_uris
        .iter()
        .chain(&client.post_logout_redirect_uris);
    addresses.find_map(|address| Origin::of(address))
}

/// A request by another method than GET and HEAD says where it comes from, unless it says so already (Fetch, "append a
/// request `Origin` header").
pub(super) fn from_page(request: Request, origin: &str) -> Request {
    let silent = matches!(request.method.as_str(), "GET" | "HEAD");
    if silent || request.header("Origin").is_some() {
        return request;
    }
    request.with_header("Origin", origin)
}

/// The same of a form on a page of the IdP. A page that gives no referrer gives no origin to a form either.
pub(super) fn from_form(request: Request, at: &Request, page: &Response) -> Request {
    let policy = page.header("Referrer-Policy").unwrap_or_default();
    let last = policy.rsplit(',').next().unwrap_or_default().trim();
    let origin = if last.eq_ignore_ascii_case("no-referrer") {
        "null"
    } else {
        at.origin.as_str()
    };
    from_page(request, origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post() -> Request {
        let mut request = Request::get("https://op.example/confirm").expect("an address");
        "POST".clone_into(&mut request.method);
        request
    }

    fn said(request: &Request, name: &str) -> Option<String> {
        let value = request.header(name)?;
        Some(String::from_utf8_lossy(value).into_owned())
    }

    fn page(policy: Option<&str>) -> Response {
        let policy = policy.map(|policy| ("Referrer-Policy".to_owned(), policy.into()));
        Response {
            status: 200,
            headers: policy.into_iter().collect(),
            body: Vec::new(),
        }
    }

    #[test]
    fn a_form_tells_the_origin_of_its_page_unless_the_page_gives_no_referrer() {
        let at = Request::get("https://op.example/logout?a=b").expect("an address");
        for (policy, origin) in [
            (None, "https://op.example"),
            (Some("same-origin"), "https://op.example"),
            (Some("no-referrer"), "null"),
            (Some("unsafe-url, No-Referrer"), "null"),
        ] {
            let sent = from_form(post(), &at, &page(policy));
            assert_eq!(said(&sent, "Origin").as_deref(), Some(origin), "{policy:?}");
        }
        assert_eq!(
            said(&from_form(at.clone(), &at, &page(None)), "Origin"),
            None
        );
    }

    #[test]
    fn what_a_request_says_already_stays() {
        let own = post().with_header("Origin", "https://other.test");
        let sent = wanting_a_page(from_page(own, STRANGER).with_header("Accept", "*/*"));
        assert_eq!(said(&sent, "Origin").as_deref(), Some("https://other.test"));
        assert_eq!(said(&sent, "Accept").as_deref(), Some("*/*"));
        assert_eq!(
            said(&wanting_a_page(post()), "Accept").as_deref(),
            Some(ACCEPT)
        );
    }
}

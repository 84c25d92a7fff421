//! Which pages of other origins may read an answer (the CORS protocol, Fetch standard section 3.3).

use crate::http::Response;
use crate::realm::Incoming;

/// Who may read the answers of an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Readers {
    /// Pages of the provider's own origin only.
    Own,
    /// Any page, as long as the request carries no cookie.
    AnyWithoutCookies,
    /// Any page, cookies or not.
    Any,
}

/// The origin of the page that asks, if it has one that can be named.
pub(crate) fn origin<'a>(incoming: &'a Incoming) -> Option<&'a str> {
    incoming
        .header_text("Origin")
        .filter(|origin| *origin != "null")
}

/// The answer to a browser that asks beforehand whether a page may send a request. None: it is no such question.
pub(crate) fn preflight(incoming: &Incoming, readers: Readers, methods: &str) -> Option<Response> {
    let asks = incoming.request.method == "OPTIONS"
        && incoming
            .request
            .header("Access-Control-Request-Method")
            .is_some();
    if !asks || readers == Readers::Own {
        return None;
    }
    origin(incoming)?;
    let answer = Response::empty(204).with("Access-Control-Allow-Methods", methods);
    let answer = match incoming.header_text("Access-Control-Request-Headers") {
        Some(fields) => answer.with("Access-Control-Allow-Headers", fields),
        None => answer,
    };
    Some(readable(incoming, readers, answer))
}

/// The same answer, readable for the page that asks if it is among the readers.
pub(crate) fn readable(incoming: &Incoming, readers: Readers, response: Response) -> Response {
    match (readers, origin(incoming)) {
        (Readers::Own, _) | (_, None) => response,
        (Readers::AnyWithoutCookies, Some(_)) => response.with("Access-Control-Allow-Origin", "*"),
        (Readers::Any, Some(origin)) => response
            .with("Access-Control-Allow-Origin", origin)
            .with("Access-Control-Allow-Credentials", "true")
            .with("Vary", "Origin"),
    }
}

/// Whether an origin is the configured one, in which one `*` stands for any part of the host.
pub(crate) fn is_meant(configured: &str, origin: &str) -> bool {
    match configured.split_once('*') {
        None => configured == origin,
        Some((before, after)) => origin
            .strip_prefix(before)
            .and_then(|rest| rest.strip_suffix(after))
            .is_some_and(|any| !any.is_empty() && !any.contains([':', '/'])),
    }
}

#[cfg(test)]
mod tests {
    use super::is_meant;

    #[test]
    fn an_origin_is_compared_as_a_whole() {
        assert!(is_meant("https://a.example", "https://a.example"));
        assert!(!is_meant("https://a.example", "https://a.example:8443"));
        assert!(!is_meant("https://a.example", "http://a.example"));
        assert!(!is_meant("https://a.example", "https://a.example.evil"));
    }

    #[test]
    fn an_asterisk_stands_for_some_part_of_the_host_and_nothing_else() {
        assert!(is_meant("https://*.example", "https://a.b.example"));
        assert!(!is_meant("https://*.example", "https://.example"));
        assert!(!is_meant("https://*.example", "https://evil:1.example"));
        assert!(!is_meant("https://*.example", "https://a.example.evil"));
        assert!(!is_meant("https://*.example:8443", "https://a.example"));
    }
}

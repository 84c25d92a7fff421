//! An IdentityServer with its people, and a browser that goes through its pages.

use mock_idp_core::{Client, Config, Edition, Op, Request, Response, Tenant};

use super::browser::{Browser, Tokens, attribute, form, parameter, peopled, redeem_at, text};

/// Issuer of the tenant.
pub(crate) const IDS: &str = "https://identity.example";
/// What the front-channel address of `rp` begins with.
pub(crate) const RP_FRAME: &str = "https://rp.example/front?x=1";
pub(crate) const OTHER_FRAME: &str = "https://other.example/front";
pub(crate) const EVERY: [Edition; 3] =
    [Edition::Duende8, Edition::Duende7, Edition::IdentityServer4];

/// A tenant where `rp` hears of sign-offs by both channels with the session, `other` in a bare frame, and `spa` by both.
pub(crate) fn tenant(edition: Edition) -> Tenant {
    let mut tenant = peopled(Tenant::identity_server("", IDS));
    tenant.edition = edition;
    for client in &mut tenant.clients {
        listen(client);
    }
    tenant
}

fn listen(client: &mut Client) {
    match client.id.as_str() {
        "rp" => {
            client.front_channel_logout_uri = Some(RP_FRAME.to_owned());
            client.front_channel_logout_session_required = true;
            client.back_channel_logout_uri = Some("https://rp.example/back".to_owned());
        }
        "other" => client.front_channel_logout_uri = Some(OTHER_FRAME.to_owned()),
        "spa" => {
            client.front_channel_logout_uri = Some("https://spa.example/front".to_owned());
            client.back_channel_logout_uri = Some("https://spa.example/back".to_owned());
        }
        _ => {}
    }
}

pub(crate) fn op(edition: Edition) -> Op {
    made(tenant(edition))
}

pub(crate) fn made(tenant: Tenant) -> Op {
    Op::new(Config::new(7, vec![tenant])).unwrap()
}

/// Signs in to a client by the pages and redeems the code.
pub(crate) fn sign_in(
    browser: &mut Browser,
    op: &mut Op,
    client: &str,
    (user, password): (&str, &str),
) -> Tokens {
    let mut answer = browser.get(op, &authorize(client, &[]));
    for _ in 0..8 {
        answer = if answer.status == 200 {
            let page = text(&answer);
            let prefix = if page.contains("Input.Username") {
                "Input."
            } else {
                ""
            };
            let fields = [
                ("Username", user),
                ("Password", password),
                ("Button", "login"),
            ]
            .map(|(name, value)| (format!("{prefix}{name}"), value));
            let mut fields: Vec<(&str, &str)> = fields
                .iter()
                .map(|(name, value)| (name.as_str(), *value))
                .collect();
            let hidden = hidden(&page);
            fields.extend(
                hidden
                    .iter()
                    .map(|(name, value)| (name.as_str(), value.as_str())),
            );
            fields.push(("button", "yes"));
            browser.post(op, &attribute(&page, "action"), &fields)
        } else {
            let location = answer.header("Location").unwrap().to_owned();
            if let Some(code) = parameter(&location, "code") {
                return redeem_at(op, &format!("{IDS}/connect/token"), client, &code);
            }
            browser.get(op, &location)
        };
    }
    panic!("the sign-in did not end: {answer:?}");
}

pub(crate) fn authorize(client: &str, more: &[(&str, &str)]) -> String {
    let callback = format!("https://{client}.example/cb");
    let mut fields = vec![
        ("client_id", client),
        ("redirect_uri", callback.as_str()),
        ("response_type", "code"),
        ("scope", "openid profile"),
        ("state", "s1"),
    ];
    fields.extend_from_slice(more);
    format!("{IDS}/connect/authorize?{}", form(&fields))
}

/// Whether `rp` gets a code without anybody signing in.
pub(crate) fn is_signed_in(browser: &mut Browser, op: &mut Op) -> bool {
    let answer = browser.get(op, &authorize("rp", &[("prompt", "none")]));
    answer.header("Location").unwrap().contains("code=")
}

/// The hidden fields of a page, unescaped.
pub(crate) fn hidden(page: &str) -> Vec<(String, String)> {
    let inputs = page.split("<input type=\"hidden\"").skip(1);
    inputs
        .map(|input| {
            let value = attribute(input, "value").replace("&amp;", "&");
            (attribute(input, "name"), value)
        })
        .collect()
}

/// A sign-off as far as it goes without an answer.
pub(crate) struct SignOff {
    /// What the endpoint answered.
    pub(crate) first: Response,
    /// Where the browser rests.
    pub(crate) page: Response,
}

impl SignOff {
    pub(crate) fn by_get(browser: &mut Browser, op: &mut Op, fields: &[(&str, &str)]) -> Self {
        let target = format!("{IDS}/connect/endsession?{}", form(fields));
        Self::by(browser, op, Request::get(target))
    }

    pub(crate) fn by_post(browser: &mut Browser, op: &mut Op, fields: &[(&str, &str)]) -> Self {
        let target = format!("{IDS}/connect/endsession");
        Self::by(browser, op, Request::post_form(target, form(fields)))
    }

    pub(crate) fn by(browser: &mut Browser, op: &mut Op, request: Request) -> Self {
        let first = browser.send(op, request);
        let page = followed(browser, op, first.clone());
        Self { first, page }
    }

    pub(crate) fn has_context(&self) -> bool {
        let location = self.first.header("Location").unwrap();
        assert!(
            location.starts_with(&format!("{IDS}/Account/Logout")),
            "{location}"
        );
        parameter(location, "logoutId").is_some()
    }

    pub(crate) fn asks(&self) -> bool {
        text(&self.page).contains("Would you like to log out")
    }

    /// The link back to the client.
    pub(crate) fn back(&self) -> Option<String> {
        back(&self.page)
    }

    /// Says yes.
    pub(crate) fn confirmed(&self, browser: &mut Browser, op: &mut Op) -> Response {
        let page = text(&self.page);
        let fields = hidden(&page);
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let answer = browser.post(op, &attribute(&page, "action"), &fields);
        followed(browser, op, answer)
    }
}

/// Where redirects lead.
pub(crate) fn followed(browser: &mut Browser, op: &mut Op, mut answer: Response) -> Response {
    for _ in 0..5 {
        let own = |to: &&str| to.starts_with(IDS) || to.starts_with('/');
        let location = answer.header("Location").filter(own);
        let Some(location) = location.map(str::to_owned) else {
            return answer;
        };
        answer = browser.get(op, &location);
    }
    panic!("redirected too often: {answer:?}");
}

pub(crate) fn back(page: &Response) -> Option<String> {
    let page = text(page);
    let link = page.split_once("class=\"PostLogoutRedirectUri\"")?.1;
    Some(attribute(link, "href").replace("&amp;", "&"))
}

/// The addresses that a browser loads in frames, all the way.
pub(crate) fn frames(browser: &mut Browser, op: &mut Op, page: &Response) -> Vec<String> {
    let page = text(page);
    let Some(frame) = page.split_once("class=\"signout\"") else {
        return Vec::new();
    };
    let address = attribute(frame.1, "src").replace("&amp;", "&");
    let inner = text(&browser.get(op, &address));
    let sources = inner.split("src='").skip(1);
    sources
        .map(|source| source.split('\'').next().unwrap().replace("&amp;", "&"))
        .collect()
}

pub(crate) fn hint(tokens: &Tokens) -> (&'static str, &str) {
    ("id_token_hint", tokens.id.as_str())
}

pub(crate) fn to(uri: &str) -> (&'static str, &str) {
    ("post_logout_redirect_uri", uri)
}

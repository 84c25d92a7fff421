//! A browser with a cookie jar in front of a provider, and the world it signs on to.

use std::collections::BTreeMap;

use jiff::Timestamp;
use mock_idp_core::{Client, Config, Grant, KeyChoice, Op, Request, Response, Tenant, User};
use serde_json::Value;

pub(crate) const ENV: &str = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
pub(crate) const OTHER_ENV: &str = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
pub(crate) const OUT: &str = "https://rp.example/out?from=op";
pub(crate) const OTHER_OUT: &str = "https://other.example/out";

pub(crate) fn start() -> Timestamp {
    "2026-11-01T12:00:00Z".parse().unwrap()
}

fn clients() -> Vec<Client> {
    let disabled = Client {
        enabled: false,
        ..Client::confidential("off", "off-secret")
    };
    let mut public = Client::public("spa").with_redirect_uri("https://spa.example/cb");
    public.grants.push(Grant::RefreshToken);
    vec![
        Client::confidential("rp", "rp-secret")
            .with_redirect_uri("https://rp.example/cb")
            .with_post_logout_redirect_uri(OUT)
            .with_post_logout_redirect_uri("com.example.app:/out")
            .with_post_logout_redirect_uri("https://*.rp.example/out")
            .with_post_logout_redirect_uri("https://rp.example/out?estate=1"),
        Client::confidential("other", "other-secret")
            .with_redirect_uri("https://other.example/cb")
            .with_post_logout_redirect_uri(OTHER_OUT),
        disabled
            .with_redirect_uri("https://off.example/cb")
            .with_post_logout_redirect_uri("https://off.example/out"),
        public,
    ]
}

fn users() -> Vec<User> {
    vec![
        User::new("alice-id", "alice", "wonder"),
        User::new("bob-id", "bob", "builder"),
    ]
}

pub(crate) fn peopled(mut tenant: Tenant) -> Tenant {
    tenant.clients = clients();
    tenant.users = users();
    tenant
}

pub(crate) fn pingone() -> Config {
    let mut other = peopled(Tenant::pingone(OTHER_ENV, "https://auth.pingone.com"));
    other.signing_key = KeyChoice::Second;
    let mut own = peopled(Tenant::pingone(ENV, "https://auth.pingone.com"));
    own.custom_domain = Some("login.example.com".into());
    Config::new(7, vec![own, other])
}

pub(crate) fn oidc() -> Config {
    Config::new(7, vec![peopled(Tenant::oidc("", "https://op.example"))])
}

/// One browser. It sends every cookie everywhere, which is enough for one provider.
#[derive(Clone, Default)]
pub(crate) struct Browser {
    /// What it was answered while somebody signed on.
    pub(crate) walked: Vec<String>,
    pub(crate) jar: BTreeMap<String, String>,
}

impl Browser {
    pub(crate) fn send(&mut self, op: &mut Op, request: Request) -> Response {
        self.send_at(op, request, start())
    }

    pub(crate) fn send_at(&mut self, op: &mut Op, request: Request, now: Timestamp) -> Response {
        let cookies: Vec<_> = self
            .jar
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = if cookies.is_empty() {
            request
        } else {
            request.with_header("Cookie", cookies.join("; "))
        };
        let response = op.handle(&request, now);
        for set in response.all("Set-Cookie") {
            let (name, value) = set.split(';').next().unwrap().split_once('=').unwrap();
            if value.is_empty() {
                self.jar.remove(name);
            } else {
                self.jar.insert(name.to_owned(), value.to_owned());
            }
        }
        response
    }

    pub(crate) fn get(&mut self, op: &mut Op, target: &str) -> Response {
        self.send(op, Request::get(target))
    }

    pub(crate) fn post(&mut self, op: &mut Op, target: &str, fields: &[(&str, &str)]) -> Response {
        self.send(op, Request::post_form(target, form(fields)))
    }

    /// Signs on to a client by the pages, and redeems the code.
    pub(crate) fn sign_on(
        &mut self,
        op: &mut Op,
        base: &str,
        client: &str,
        (user, password): (&str, &str),
    ) -> Tokens {
        self.sign_on_with(op, base, client, (user, password), &[])
    }

    pub(crate) fn sign_on_with(
        &mut self,
        op: &mut Op,
        base: &str,
        client: &str,
        (user, password): (&str, &str),
        more: &[(&str, &str)],
    ) -> Tokens {
        let mut answer = self.get(op, &authorize(base, client, more));
        for _ in 0..8 {
            let body = text(&answer);
            self.walked
                .push(format!("{} {:?} {body}", answer.status, answer.headers));
            if answer.status == 200 {
                let action = attribute(&body, "action");
                let carried = if body.contains("flowId") {
                    "flowId"
                } else {
                    "transaction"
                };
                let value = attribute(&body, "value");
                answer = self.post(
                    op,
                    &action,
                    &[
                        (carried, &value),
                        ("username", user),
                        ("password", password),
                        ("answer", "allow"),
                    ],
                );
            } else {
                let location = answer.header("Location").unwrap().to_owned();
                if let Some(code) = parameter(&location, "code") {
                    return redeem(op, base, client, &code);
                }
                answer = self.get(op, &location);
            }
        }
        panic!("the sign-on did not end: {answer:?}");
    }

    /// Whether a client gets a code without anybody signing on.
    pub(crate) fn is_signed_on(&mut self, op: &mut Op, base: &str) -> bool {
        let answer = self.get(op, &authorize(base, "rp", &[("prompt", "none")]));
        // A fault may answer with a page, which gives nobody a code.
        let Some(location) = answer.header("Location") else {
            return false;
        };
        assert!(
            location.contains("code=") || location.contains("error=login_required"),
            "{location}"
        );
        location.contains("code=")
    }

    /// Answers the question of the plain provider.
    pub(crate) fn answer(&mut self, op: &mut Op, page: &Response, answer: &str) -> Response {
        let body = text(page);
        let confirmation = attribute(&body, "value");
        let action = attribute(&body, "action");
        self.post(
            op,
            &action,
            &[("confirmation", &confirmation), ("answer", answer)],
        )
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Tokens {
    pub(crate) id: String,
    pub(crate) access: String,
    pub(crate) refresh: Option<String>,
}

pub(crate) fn redeem(op: &mut Op, base: &str, client: &str, code: &str) -> Tokens {
    redeem_at(op, &format!("{base}/token"), client, code)
}

/// Redeems a code at a token endpoint.
pub(crate) fn redeem_at(op: &mut Op, endpoint: &str, client: &str, code: &str) -> Tokens {
    let callback = format!("https://{client}.example/cb");
    let answer = token_at(
        op,
        endpoint,
        client,
        &[
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &callback),
        ],
    );
    assert_eq!(answer.status, 200, "{}", text(&answer));
    let answer: Value = serde_json::from_slice(&answer.body).unwrap();
    let of = |name: &str| answer[name].as_str().map(str::to_owned);
    Tokens {
        id: of("id_token").unwrap(),
        access: of("access_token").unwrap(),
        refresh: of("refresh_token"),
    }
}

pub(crate) fn token(op: &mut Op, base: &str, client: &str, fields: &[(&str, &str)]) -> Response {
    token_at(op, &format!("{base}/token"), client, fields)
}

pub(crate) fn token_at(
    op: &mut Op,
    endpoint: &str,
    client: &str,
    fields: &[(&str, &str)],
) -> Response {
    use base64::Engine;
    let credentials =
        base64::engine::general_purpose::STANDARD.encode(format!("{client}:{client}-secret"));
    let request = Request::post_form(endpoint, form(fields))
        .with_header("Authorization", format!("Basic {credentials}"));
    op.handle(&request, start())
}

pub(crate) fn refresh(op: &mut Op, base: &str, client: &str, token: &str) -> u16 {
    self::token(
        op,
        base,
        client,
        &[("grant_type", "refresh_token"), ("refresh_token", token)],
    )
    .status
}

pub(crate) fn userinfo(op: &mut Op, base: &str, access: &str) -> u16 {
    userinfo_at(op, &format!("{base}/userinfo"), access)
}

pub(crate) fn userinfo_at(op: &mut Op, endpoint: &str, access: &str) -> u16 {
    let request = Request::get(endpoint).with_header("Authorization", format!("Bearer {access}"));
    op.handle(&request, start()).status
}

pub(crate) fn authorize(base: &str, client: &str, more: &[(&str, &str)]) -> String {
    let callback = format!("https://{client}.example/cb");
    let mut fields = vec![
        ("client_id", client),
        ("redirect_uri", callback.as_str()),
        ("response_type", "code"),
        ("scope", "openid profile email"),
        ("state", "s1"),
        ("nonce", "n1"),
    ];
    fields.retain(|(name, _)| more.iter().all(|(other, _)| other != name));
    fields.extend_from_slice(more);
    format!("{base}/authorize?{}", form(&fields))
}

pub(crate) fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

pub(crate) fn text(response: &Response) -> String {
    String::from_utf8(response.body.clone()).unwrap()
}

pub(crate) fn parameter(url: &str, name: &str) -> Option<String> {
    let query = url.split_once('?')?.1.split('#').next()?;
    form_urlencoded::parse(query.as_bytes())
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.into_owned())
}

/// The first value of an attribute in a page.
pub(crate) fn attribute(page: &str, name: &str) -> String {
    let rest = page
        .split_once(&format!(" {name}=\""))
        .unwrap_or_else(|| panic!("no {name} in {page}"))
        .1;
    rest.split('"').next().unwrap().to_owned()
}

pub(crate) const ALICE: (&str, &str) = ("alice", "wonder");
pub(crate) const BOB: (&str, &str) = ("bob", "builder");

/// Where PingOne's authorization server lies.
pub(crate) fn p1() -> String {
    format!("https://auth.pingone.com/{ENV}/as")
}

pub(crate) const OP: &str = "https://op.example";

//! `AuthKit`, the product's own sign-on: sessions, and the endpoint that ends one by its id.

use serde_json::{Value, json};

use super::sign_on::client;
use super::{api, oidc, only};
use crate::authorize::NamedClaims;
use crate::clock::after;
use crate::http::Response;
use crate::jwt;
use crate::parameters::Parameters;
use crate::realm::{Incoming, Realm, Site};
use crate::sessions::{Code, Token};
use crate::token;
use crate::uri;
use url::{Host, Url};

/// Where a browser ends up when nothing is configured, as users report.
const NOWHERE: &str = "https://error.workos.com/user_management/app-homepage-url-not-found";

const PREFIX: &str = "session_";

/// `GET /user_management/authorize`: people sign on at the product itself.
pub(super) fn authorize(realm: &mut Realm, incoming: &Incoming) -> Response {
    let asked = Incoming {
        request: incoming.request,
        path: incoming.path,
        query: incoming.query.with("scope", b"openid"),
        site: incoming.site,
        now: incoming.now,
    };
    only("GET", incoming).unwrap_or_else(|| oidc::sign_on::authorize(realm, &asked))
}

/// `POST /user_management/authenticate`: the code becomes a user and a session.
pub(super) fn authenticate(realm: &mut Realm, incoming: &Incoming) -> Response {
    if let Some(refusal) = only("POST", incoming) {
        return refusal;
    }
    let members = match api::content(incoming) {
        Ok(members) => members,
        Err(refusal) => return refusal,
    };
    let text = |name| api::text(&members, name);
    let Some(client) = client(realm, text("client_id"), text("client_secret")) else {
        return api::oauth_error("invalid_client", "Invalid client ID or secret.");
    };
    if text("grant_type") != Some("authorization_code") {
        let why = "The mock takes authorization codes alone.";
        return api::oauth_error("unsupported_grant_type", why);
    }
    let id = client.id.clone();
    let code = text("code").and_then(|code| realm.store.codes.take(code));
    let good = code.filter(|code| {
        let challenge = code.authorization.challenge.as_ref();
        code.authorization.client == id
            && code.expires > incoming.now
            && token::verifies(challenge, text("code_verifier"))
    });
    let Some(code) = good else {
        let why = "The code is unknown, used, expired or another client's.";
        return api::oauth_error("invalid_grant", why);
    };
    authenticated(realm, incoming, &code)
}

fn authenticated(realm: &mut Realm, incoming: &Incoming, code: &Code) -> Response {
    let (end_user, client) = (&code.end_user, &code.authorization.client);
    let lifetime = realm.tenant.lifetimes.access_token;
    let now = incoming.now.as_second();
    let claims = json!({
        "iss": format!("{}/", realm.base(Site::Default)),
        "sub": end_user.user,
        "sid": format!("{PREFIX}{}", end_user.session),
        "client_id": client,
        "iat": now,
        "exp": now.saturating_add(i64::from(lifetime)),
        "jti": realm.random.uuid(),
    });
    let header = json!({ "alg": "RS256", "typ": "JWT", "kid": realm.key.kid() });
    let Some(access) = jwt::signed(&realm.key, &header, &claims) else {
        return api::error(500, "server_error", "The token could not be signed.");
    };
    let refresh = realm.random.opaque();
    let token = Token {
        client: client.clone(),
        end_user: Some(end_user.clone()),
        scope: code.authorization.scope.clone(),
        issued: incoming.now,
        expires: after(incoming.now, realm.tenant.lifetimes.refresh_token),
        offline: false,
        grant: String::new(),
        claims: NamedClaims::default(),
    };
    realm.store.refresh.put(refresh.clone(), token);
    let user = realm.tenant.user(&end_user.user);
    let body = json!({
        "user": user.map_or(Value::Null, |user| json!({
            "object": "user",
            "id": user.id,
            "email": user.email,
            "first_name": user.given_name,
            "last_name": user.family_name,
            "email_verified": true,
        })),
        "organization_id": Value::Null,
        "access_token": access,
        "refresh_token": refresh,
        "authentication_method": "Password",
    });
    Response::json(200, &body)
}

/// `GET /user_management/sessions/logout`. It ends the product's own session; nobody is signed off anywhere else.
pub(super) fn log_out(realm: &mut Realm, incoming: &Incoming) -> Response {
    if let Some(refusal) = only("GET", incoming) {
        return refusal;
    }
    let Some(session) = incoming.query.text("session_id") else {
        return api::missing("session_id");
    };
    if let Some(id) = session.strip_prefix(PREFIX) {
        realm.end_session(id);
    }
    let there = landing(realm, &incoming.query);
    oidc::expire_cookie(realm, Response::redirect(302, &there))
}

/// Where the browser goes: what was asked for, if it is configured, else the default.
fn landing(realm: &Realm, query: &Parameters) -> String {
    let settings = &realm.tenant.workos;
    let asked = query.octets("return_to").filter(|asked| {
        let text = std::str::from_utf8(asked).unwrap_or_default();
        let mut patterns = settings.sign_out_redirects.iter();
        patterns.any(|pattern| admits(pattern, text))
    });
    let default = settings.default_sign_out_redirect.as_deref();
    match asked {
        Some(asked) => uri::location(asked),
        None => default
            .or(settings.app_homepage_url.as_deref())
            .unwrap_or(NOWHERE)
            .to_owned(),
    }
}

/// Whether a configured address admits one that was asked for: byte for byte, but for one `*` that stands for a part of
/// the leftmost label of a host, or for the port of a loopback address.
fn admits(pattern: &str, asked: &str) -> bool {
    let Some((before, behind)) = pattern.split_once('*') else {
        return pattern == asked;
    };
    let middle = asked
        .strip_prefix(before)
        .and_then(|rest| rest.strip_suffix(behind))
        .filter(|middle| !middle.is_empty());
    let Some(middle) = middle else {
        return false;
    };
    let is_port = before.ends_with(':') && !before.ends_with("://");
    if is_port {
        return middle.bytes().all(|octet| octet.is_ascii_digit()) && is_loopback(asked);
    }
    let in_label = |octet: u8| octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_');
    before.starts_with("https://") && middle.bytes().all(in_label)
}

fn is_loopback(address: &str) -> bool {
    let host = Url::parse(address).ok();
    host.and_then(|url| url.host().map(|host| host.to_owned()))
        .is_some_and(|host| match host {
            Host::Domain(name) => name == "localhost",
            Host::Ipv4(ip) => ip.is_loopback(),
            Host::Ipv6(ip) => ip.is_loopback(),
        })
}

/// `POST /user_management/sessions/revoke`.
pub(super) fn revoke(realm: &mut Realm, incoming: &Incoming) -> Response {
    if let Some(refusal) = only("POST", incoming).or_else(|| api::unauthorized(realm, incoming)) {
        return refusal;
    }
    let members = match api::content(incoming) {
        Ok(members) => members,
        Err(refusal) => return refusal,
    };
    let Some(session) = api::text(&members, "session_id") else {
        return api::missing("session_id");
    };
    let id = session.strip_prefix(PREFIX).unwrap_or_default();
    if realm.store.session(id).is_none() {
        return api::error(400, "invalid_session", "There is no such session.");
    }
    realm.end_session(id);
    Response::json(200, &json!({}))
}

#[cfg(test)]
mod tests {
    use super::admits;

    #[test]
    fn a_star_stands_for_a_part_of_the_leftmost_label_or_for_a_loopback_port() {
        for (pattern, asked, admitted) in [
            ("https://a.example/out", "https://a.example/out", true),
            ("https://a.example/out", "https://a.example/out/", false),
            ("https://*.a.example/out", "https://b.a.example/out", true),
            ("https://x-*.a.example/", "https://x-1.a.example/", true),
            (
                "https://*.a.example/out",
                "https://c.b.a.example/out",
                false,
            ),
            (
                "https://*.a.example/out",
                "https://evil.test/.a.example/out",
                false,
            ),
            ("https://*.a.example/", "https://.a.example/", false),
            ("http://*.a.example/", "http://b.a.example/", false),
            ("http://localhost:*/x", "http://localhost:4000/x", true),
            (
                "http://localhost:*/x",
                "http://localhost:4000@evil.test/x",
                false,
            ),
            ("http://a.example:*/x", "http://a.example:4000/x", false),
        ] {
            assert_eq!(admits(pattern, asked), admitted, "{pattern} {asked}");
        }
    }
}

//! A provider that does what OpenID Connect RP-Initiated Logout 1.0 asks and nothing else. It always asks before it signs
//! anybody off (section 2 recommends it with a good hint and requires it otherwise).

mod asked;
pub(crate) mod pages;
pub(super) mod policy;
mod registration;
pub(crate) mod sign_on;
pub(crate) mod words;

use serde_json::{Value, json};

use super::{ASSERTION_ALGORITHMS, OAUTH_METADATA, TOKEN_ENDPOINT_AUTH};
use crate::config::Registration;
use crate::cors::{self, Readers};
use crate::http::Response;
use crate::logout::question::{answered, asked};
use crate::logout::sign_off;
use crate::realm::{Incoming, Realm, Site};
use crate::sessions::EndUser;
use crate::token::{self, Subject};
use crate::userinfo;

/// Answers a request below the issuer.
pub(crate) fn respond(realm: &mut Realm, incoming: &Incoming) -> (&'static str, Response) {
    let (readers, methods) = readers(incoming.path);
    if let Some(answer) = cors::preflight(incoming, readers, methods) {
        return ("(preflight)", answer);
    }
    let (endpoint, response) = answer(realm, incoming);
    (endpoint, cors::readable(incoming, readers, response))
}

/// Whose pages may read what lies at a path, and by which methods: never what goes by a cookie, above all not the
/// authorization endpoint (RFC 9700 section 2.6).
fn readers(path: &str) -> (Readers, &'static str) {
    match path {
        "/.well-known/openid-configuration" | OAUTH_METADATA | "/jwks" => {
            (Readers::AnyWithoutCookies, "GET")
        }
        "/token" => (Readers::AnyWithoutCookies, "POST"),
        "/userinfo" => (Readers::AnyWithoutCookies, "GET, POST"),
        _ => (Readers::Own, ""),
    }
}

fn answer(realm: &mut Realm, incoming: &Incoming) -> (&'static str, Response) {
    match incoming.path {
        "/.well-known/openid-configuration" => (
            "/.well-known/openid-configuration",
            incoming.document(discovery(realm)),
        ),
        OAUTH_METADATA => (OAUTH_METADATA, incoming.document(discovery(realm))),
        "/jwks" => ("/jwks", incoming.document(realm.jwks())),
        "/authorize" => ("/authorize", sign_on::authorize(realm, incoming)),
        "/sign-in" => ("/sign-in", sign_on::submitted(realm, incoming)),
        "/consent" => ("/consent", sign_on::consented(realm, incoming)),
        "/token" => ("/token", token::respond(realm, incoming)),
        "/introspect" => (
            "/introspect",
            token::introspection::respond(realm, incoming),
        ),
        "/revoke" if realm.tenant.revocation_endpoint => {
            ("/revoke", token::revocation::respond(realm, incoming))
        }
        "/userinfo" => ("/userinfo", userinfo::respond(realm, incoming)),
        "/end-session" if realm.tenant.end_session_endpoint => {
            ("/end-session", sign_off(realm, incoming))
        }
        "/end-session/question" if realm.tenant.end_session_endpoint => {
            ("/end-session/question", asked(realm, incoming))
        }
        "/end-session/confirm" if realm.tenant.end_session_endpoint => {
            ("/end-session/confirm", answered(realm, incoming))
        }
        "/signed-out" => (
            "/signed-out",
            incoming.document(pages::signed_off_page(incoming)),
        ),
        path => match below_registration(realm, path) {
            Some(id) => ("/register", registration::respond(realm, incoming, id)),
            None => (
                "(unknown)",
                Response::text(404, "Nothing is served at this address."),
            ),
        },
    }
}

/// What of a path follows the registration endpoint, where that is served: nothing, or the id of a client.
fn below_registration<'a>(realm: &Realm, path: &'a str) -> Option<&'a str> {
    if realm.tenant.registration == Registration::Closed {
        return None;
    }
    match path.strip_prefix("/register")? {
        "" => Some(""),
        rest => rest.strip_prefix('/').filter(|id| !id.is_empty()),
    }
}

fn discovery(realm: &Realm) -> Response {
    let issuer = realm.issuer(Site::Default);
    let at = |path: &str| format!("{issuer}/{path}");
    let mut document = json!({
        "issuer": issuer,
        "authorization_endpoint": at("authorize"),
        "token_endpoint": at("token"),
        "userinfo_endpoint": at("userinfo"),
        "jwks_uri": at("jwks"),
        "registration_endpoint": at("register"),
        "revocation_endpoint": at("revoke"),
        "revocation_endpoint_auth_methods_supported": TOKEN_ENDPOINT_AUTH,
        "revocation_endpoint_auth_signing_alg_values_supported": ASSERTION_ALGORITHMS,
        "introspection_endpoint": at("introspect"),
        "introspection_endpoint_auth_methods_supported": TOKEN_ENDPOINT_AUTH,
        "introspection_endpoint_auth_signing_alg_values_supported": ASSERTION_ALGORITHMS,
        "end_session_endpoint": at("end-session"),
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "response_types_supported": ["code"],
        "response_modes_supported": ["query", "fragment", "form_post"],
        "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": TOKEN_ENDPOINT_AUTH,
        "token_endpoint_auth_signing_alg_values_supported": ASSERTION_ALGORITHMS,
        "claims_supported": ["sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "at_hash", "sid",
            "name", "preferred_username", "given_name", "family_name", "email"],
        "code_challenge_methods_supported": ["plain", "S256"],
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
        "claims_parameter_supported": true,
        "claim_types_supported": ["normal"],
        "prompt_values_supported": asked::PROMPTS,
        "ui_locales_supported": words::LANGUAGES,
        "authorization_response_iss_parameter_supported": realm.tenant.freedom.issuer_in_response,
    });
    if let Some(members) = document.as_object_mut() {
        if !realm.policy.end_session_endpoint_published {
            members.remove("end_session_endpoint");
        }
        if realm.tenant.registration == Registration::Closed {
            members.remove("registration_endpoint");
        }
        if !realm.tenant.revocation_endpoint {
            members.retain(|name, _| !name.starts_with("revocation_endpoint"));
        }
    }
    Response::json(200, &document)
}

/// `__Host-` where a browser accepts it (RFC 6265bis section 4.1.3.2); the tenant's id keeps neighbours apart.
pub(crate) fn session_cookie_name(realm: &Realm) -> String {
    let prefix = if realm.is_https(Site::Default) {
        "__Host-"
    } else {
        ""
    };
    match realm.tenant.id.as_str() {
        "" => format!("{prefix}session"),
        id => format!("{prefix}session-{id}"),
    }
}

/// Without TLS a cookie cannot be `Secure`, and so not `SameSite=None`, either.
fn cookie_attributes(realm: &Realm) -> String {
    if realm.is_https(Site::Default) {
        let same_site = realm.tenant.freedom.same_site.as_str();
        format!("; Path=/; Secure; HttpOnly; SameSite={same_site}")
    } else {
        "; Path=/; HttpOnly; SameSite=Lax".to_owned()
    }
}

pub(crate) fn set_cookie(realm: &Realm, response: Response, name: &str, value: &str) -> Response {
    response.with(
        "Set-Cookie",
        format!("{name}={value}{}", cookie_attributes(realm)),
    )
}

pub(crate) fn expire_cookie(realm: &Realm, response: Response) -> Response {
    let (name, attributes) = (session_cookie_name(realm), cookie_attributes(realm));
    response.with("Set-Cookie", format!("{name}={attributes}; Max-Age=0"))
}

pub(crate) fn id_token(realm: &Realm, incoming: &Incoming, subject: &Subject) -> (Value, Value) {
    let now = incoming.now.as_second();
    let mut claims = json!({
        "iss": realm.issuer(incoming.site),
        "sub": subject.end_user.user,
        "aud": subject.client,
        "iat": now,
        "exp": now.saturating_add(i64::from(realm.tenant.lifetimes.id_token)),
        "auth_time": subject.end_user.auth_time.as_second(),
    });
    if realm.tenant.freedom.sid_in_id_tokens {
        claims["sid"] = subject.end_user.session.as_str().into();
    }
    if let Some(nonce) = subject.nonce {
        claims["nonce"] = nonce.into();
    }
    (
        json!({ "alg": "RS256", "typ": "JWT", "kid": realm.key.kid() }),
        claims,
    )
}

/// A JWT access token (RFC 9068). The subject of a client's own token is the client (section 2.2).
pub(crate) fn access_token(
    realm: &mut Realm,
    incoming: &Incoming,
    client: &str,
    scope: &str,
    end_user: Option<&EndUser>,
) -> (Value, Value) {
    let now = incoming.now.as_second();
    let issuer = realm.issuer(incoming.site);
    let mut claims = json!({
        "iss": issuer,
        "sub": end_user.map_or(client, |end_user| &end_user.user),
        "aud": issuer,
        "client_id": client,
        "iat": now,
        "exp": now.saturating_add(i64::from(realm.tenant.lifetimes.access_token)),
        "jti": realm.random.uuid(),
        "scope": scope,
    });
    if let Some(end_user) = end_user {
        claims["sid"] = end_user.session.as_str().into();
    }
    (
        json!({ "alg": "RS256", "typ": "at+jwt", "kid": realm.key.kid() }),
        claims,
    )
}

//! The `userinfo` endpoint (Core section 5.3, RFC 6750).

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::config::User;
use crate::dialects;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(crate) fn respond(realm: &Realm, incoming: &Incoming) -> Response {
    if !matches!(incoming.request.method.as_str(), "GET" | "POST") {
        return Response::not_allowed("GET, POST");
    }
    let Some(bearer) = incoming.header_text("Authorization").and_then(bearer) else {
        return Response::json(401, &json!({ "error": "invalid_request" }))
            .with("WWW-Authenticate", "Bearer");
    };
    match claims(realm, incoming, bearer) {
        Some(claims) => Response::json(200, &claims),
        None => Response::json(401, &json!({ "error": "invalid_token" }))
            .with("WWW-Authenticate", "Bearer error=\"invalid_token\""),
    }
}

pub(crate) fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("Bearer")
        .then_some(token.trim())
}

fn claims(realm: &Realm, incoming: &Incoming, bearer: &str) -> Option<Value> {
    let token = realm
        .store
        .access
        .find(bearer)
        .filter(|token| token.expires > incoming.now)?;
    let user = realm.tenant.user(&token.end_user.as_ref()?.user)?;
    if !realm.is_enabled_client(&token.client) {
        return None;
    }
    let mut claims = json!({ "sub": user.id });
    add_profile(&mut claims, user, &token.scope);
    add_named(&mut claims, user, &token.claims.userinfo);
    dialects::add_product_claims(realm, &mut claims);
    Some(claims)
}

/// The claims that a scope asks for (Core section 5.4).
pub(crate) fn add_profile(claims: &mut Value, user: &User, scope: &str) {
    let asked = |name| scope.split(' ').any(|scope| scope == name);
    if asked("profile") {
        claims["preferred_username"] = user.username.as_str().into();
        claims["given_name"] = user.given_name.as_str().into();
        claims["family_name"] = user.family_name.as_str().into();
    }
    if asked("email") {
        claims["email"] = user.email.as_str().into();
    }
}

/// The claims asked for by name (Core section 5.5). What is not known is left out.
pub(crate) fn add_named(claims: &mut Value, user: &User, names: &BTreeSet<String>) {
    let known = [
        ("name", format!("{} {}", user.given_name, user.family_name)),
        ("preferred_username", user.username.clone()),
        ("given_name", user.given_name.clone()),
        ("family_name", user.family_name.clone()),
        ("email", user.email.clone()),
    ];
    for (name, value) in known {
        if names.contains(name) {
            claims[name] = value.into();
        }
    }
}

//! WorkOS: sign-on through a customer's identity provider, and a sign-off that begins with a call of the application's
//! server, goes on with a token in the browser, and ends at that identity provider.
//!
//! Nothing of the single sign-on has a session here: the identity provider's cookie is what signs people on, so signing
//! off means ending the session there. `AuthKit` (`/user_management`) is the product's own sign-on and has one.

mod api;
mod authkit;
mod desk;
mod logout;
mod sign_on;
mod upstream;

use crate::call::Turn;
use crate::http::Response;
use crate::policy::Policy;
use crate::realm::{Incoming, Realm};

pub(crate) use desk::Desk;

use super::oidc;
use crate::config::Freedom;

/// How `AuthKit` signs people on is not told, so it is as the plain provider does.
pub(crate) fn policy() -> Policy {
    oidc::policy::of(&Freedom::default())
}

/// Answers a request below the environment's address.
pub(crate) fn respond(realm: &mut Realm, incoming: &Incoming) -> (&'static str, Turn) {
    let segments: Vec<&str> = incoming.path.split('/').skip(1).collect();
    match segments.as_slice() {
        ["sso", "authorize"] => ("/sso/authorize", sign_on::authorize(realm, incoming)),
        ["sso", "oidc", key, "callback"] => (
            "/sso/oidc/:external_key/callback",
            sign_on::called_back(realm, incoming, key),
        ),
        ["sso", "token"] => ("/sso/token", sign_on::token(realm, incoming).into()),
        ["sso", "profile"] => ("/sso/profile", sign_on::profile(realm, incoming).into()),
        ["sso", "jwks", client] if realm.tenant.client(client).is_some() => (
            "/sso/jwks/:client_id",
            incoming.document(realm.jwks()).into(),
        ),
        ["sso", "logout", "authorize"] => {
            ("/sso/logout/authorize", logout::authorize(realm, incoming))
        }
        ["sso", "logout"] => ("/sso/logout", logout::redirect(realm, incoming)),
        ["sso", "oidc", "idp-logout", key] => (
            "/sso/oidc/idp-logout/:external_key",
            logout::from_the_idp(realm, incoming, key).into(),
        ),
        ["user_management", "authorize"] => (
            "/user_management/authorize",
            authkit::authorize(realm, incoming).into(),
        ),
        ["sign-in"] => ("/sign-in", oidc::sign_on::submitted(realm, incoming).into()),
        ["user_management", "authenticate"] => (
            "/user_management/authenticate",
            authkit::authenticate(realm, incoming).into(),
        ),
        ["user_management", "sessions", "logout"] => (
            "/user_management/sessions/logout",
            authkit::log_out(realm, incoming).into(),
        ),
        ["user_management", "sessions", "revoke"] => (
            "/user_management/sessions/revoke",
            authkit::revoke(realm, incoming).into(),
        ),
        _ => ("(unknown)", api::not_found("Not Found").into()),
    }
}

/// Only this method is taken.
fn only(method: &str, incoming: &Incoming) -> Option<Response> {
    (incoming.request.method != method).then(|| Response::not_allowed(method))
}

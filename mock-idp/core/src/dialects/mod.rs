//! What differs from product to product: endpoints, pages, cookies, claims, and the policy. One folder each.

mod identityserver;
pub(crate) mod oidc;
mod pingone;
mod workos;

pub(crate) use identityserver::{ENDPOINTS as IDS_ENDPOINTS, Memory as IdentityServerMemory};
pub(crate) use pingone::{ENDPOINTS as P1_ENDPOINTS, P1_INVALID};
pub(crate) use workos::Desk;

use serde_json::Value;

use crate::call::Turn;
use crate::config::{DialectId, Tenant};
use crate::http::Response;
use crate::logout::Farewell;
use crate::policy::Policy;
use crate::realm::{Incoming, Realm, Site};
use crate::refusal::Refusal;
use crate::sessions::EndUser;
use crate::token::Subject;

/// The well-known path of RFC 8414.
pub(crate) const OAUTH_METADATA: &str = "/.well-known/oauth-authorization-server";

/// How clients may authenticate themselves at the token endpoint.
const TOKEN_ENDPOINT_AUTH: [&str; 5] = [
    "client_secret_basic",
    "client_secret_post",
    "client_secret_jwt",
    "private_key_jwt",
    "none",
];

/// With which algorithms they may sign for it.
const ASSERTION_ALGORITHMS: [&str; 6] = ["HS256", "HS384", "HS512", "RS256", "RS384", "RS512"];

/// How a tenant decides before any fault.
pub(crate) fn policy(tenant: &Tenant) -> Policy {
    let documented = match tenant.dialect {
        DialectId::PingOne => pingone::policy(tenant.edition),
        DialectId::Oidc => oidc::policy::of(&tenant.freedom),
        DialectId::WorkOs => workos::policy(),
        DialectId::IdentityServer => identityserver::policy(tenant),
    };
    Policy {
        end_session_endpoint_published: tenant.end_session_endpoint,
        ..documented
    }
}

/// Answers a request below the tenant's address; the name of the endpoint is for the journal.
pub(crate) fn respond(realm: &mut Realm, incoming: &Incoming) -> (&'static str, Turn) {
    let stopped = realm
        .policy
        .before
        .iter()
        .find_map(|seam| seam(realm, incoming));
    let (endpoint, response) = match (stopped, realm.tenant.dialect) {
        (Some(response), _) => ("(refused in front)", response),
        (None, DialectId::PingOne) => pingone::respond(realm, incoming),
        (None, DialectId::Oidc) => oidc::respond(realm, incoming),
        (None, DialectId::WorkOs) => return workos::respond(realm, incoming),
        (None, DialectId::IdentityServer) => return identityserver::respond(realm, incoming),
    };
    let seams = realm.policy.after.iter();
    let response = seams.fold(response, |response, seam| seam(realm, incoming, response));
    (endpoint, response.into())
}

/// The session cookies that a browser sent, the preferred one first.
pub(crate) fn session_cookies(realm: &Realm, incoming: &Incoming) -> Vec<String> {
    match realm.tenant.dialect {
        DialectId::PingOne => pingone::cookies::sent(incoming),
        DialectId::Oidc | DialectId::WorkOs => incoming.cookies(&oidc::session_cookie_name(realm)),
        DialectId::IdentityServer => identityserver::session_cookies(incoming),
    }
}

/// Adds the header fields that make a browser forget its session.
pub(crate) fn expire_cookies(realm: &Realm, incoming: &Incoming, response: Response) -> Response {
    match realm.tenant.dialect {
        DialectId::PingOne => pingone::cookies::expire(realm, incoming.site, response),
        DialectId::Oidc | DialectId::WorkOs => oidc::expire_cookie(realm, response),
        DialectId::IdentityServer => identityserver::expire_cookies(realm, response),
    }
}

/// The answer to a sign-off request that is refused, with the redirect URI it asked for.
pub(crate) fn sign_off_error(
    realm: &mut Realm,
    incoming: &Incoming,
    refusal: Refusal,
    target: Option<&[u8]>,
) -> Response {
    match realm.tenant.dialect {
        DialectId::PingOne => pingone::sign_off_error(realm, incoming, refusal, target),
        DialectId::Oidc | DialectId::WorkOs => oidc::pages::sign_off_error(realm, refusal, target),
        DialectId::IdentityServer => identityserver::sign_off_error(refusal),
    }
}

/// The answer after a sign-off that leads to no relying party.
pub(crate) fn signed_off(
    realm: &Realm,
    incoming: &Incoming,
    farewell: &Farewell,
    state: Option<&[u8]>,
) -> Response {
    let client = farewell.client.as_deref();
    match realm.tenant.dialect {
        DialectId::PingOne => pingone::signed_off(realm, incoming.site, client, state),
        DialectId::Oidc | DialectId::WorkOs => oidc::pages::signed_off(realm, farewell, state),
        DialectId::IdentityServer => identityserver::signed_off(realm),
    }
}

/// Lets the service that keeps the sessions end the browser's.
pub(crate) fn end_by_flow_orchestration(realm: &mut Realm, incoming: &Incoming) {
    if realm.tenant.dialect == DialectId::PingOne {
        pingone::orchestration::called(realm, incoming);
    }
}

/// A page that wants somebody to sign on although they came to sign off.
pub(crate) fn sign_on_page(realm: &Realm, incoming: &Incoming) -> Response {
    match realm.tenant.dialect {
        DialectId::PingOne => pingone::hosted::sign_on(realm, incoming.site, "", "", None),
        DialectId::Oidc | DialectId::IdentityServer | DialectId::WorkOs => {
            oidc::pages::sign_on(realm, "", "", false)
        }
    }
}

/// The question whether to sign off.
pub(crate) fn question(realm: &Realm, value: &str, farewell: &Farewell) -> Response {
    oidc::pages::question(realm, value, farewell)
}

/// The redirect to a page of its own for the question.
pub(crate) fn question_elsewhere(realm: &Realm, value: &str) -> Response {
    oidc::pages::question_elsewhere(realm, value)
}

/// The answer to a confirmation that belongs to no question of this browser.
pub(crate) fn question_expired() -> Response {
    oidc::pages::question_expired()
}

/// The answer to "no".
pub(crate) fn still_signed_in(farewell: &Farewell) -> Response {
    oidc::pages::still_signed_in(farewell)
}

/// Header and claims of an ID token.
pub(crate) fn id_token(realm: &Realm, incoming: &Incoming, subject: &Subject) -> (Value, Value) {
    let (mut header, mut claims) = match realm.tenant.dialect {
        DialectId::PingOne => pingone::tokens::id_token(realm, incoming, subject),
        DialectId::Oidc | DialectId::WorkOs => oidc::id_token(realm, incoming, subject),
        DialectId::IdentityServer => identityserver::id_token(realm, incoming, subject),
    };
    for seam in &realm.policy.id_token {
        seam(&mut header, &mut claims);
    }
    (header, claims)
}

/// Header and claims of an access token.
pub(crate) fn access_token(
    realm: &mut Realm,
    incoming: &Incoming,
    client: &str,
    scope: &str,
    end_user: Option<&EndUser>,
) -> (Value, Value) {
    match realm.tenant.dialect {
        DialectId::PingOne => {
            pingone::tokens::access_token(realm, incoming, client, scope, end_user)
        }
        DialectId::Oidc | DialectId::WorkOs => {
            oidc::access_token(realm, incoming, client, scope, end_user)
        }
        DialectId::IdentityServer => {
            identityserver::access_token(realm, incoming, client, scope, end_user)
        }
    }
}

/// Adds the claims a product puts everywhere.
pub(crate) fn add_product_claims(realm: &Realm, claims: &mut Value) {
    if realm.tenant.dialect == DialectId::PingOne {
        pingone::tokens::add_product_claims(realm, claims);
    }
}

/// The issuer, where a product names it in authorization responses (RFC 9207).
pub(crate) fn issuer_in_response(realm: &Realm) -> Option<String> {
    let named = realm.tenant.dialect == DialectId::Oidc && realm.tenant.freedom.issuer_in_response;
    named.then(|| realm.issuer(Site::Default))
}

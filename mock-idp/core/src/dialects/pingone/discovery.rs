//! The discovery document, with the members of the product's own that the mock can stand for.

use serde_json::json;

use super::endpoints::has_newer_sign_offs;
use crate::dialects::{ASSERTION_ALGORITHMS, TOKEN_ENDPOINT_AUTH};
use crate::http::Response;
use crate::realm::{Incoming, Realm};

/// What the environment says of itself (OpenID Connect Discovery 1.0 section 3).
pub(super) fn document(realm: &Realm, incoming: &Incoming) -> Response {
    let issuer = realm.issuer(incoming.site);
    let at = |path: &str| format!("{issuer}/{path}");
    let mut document = json!({
        "issuer": issuer,
        "authorization_endpoint": at("authorize"),
        "pushed_authorization_request_endpoint": at("par"),
        "token_endpoint": at("token"),
        "userinfo_endpoint": at("userinfo"),
        "jwks_uri": at("jwks"),
        "end_session_endpoint": at("signoff"),
        "check_session_iframe": at("checksession"),
        "introspection_endpoint": at("introspect"),
        "revocation_endpoint": at("revoke"),
        "claims_parameter_supported": false,
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
        "require_pushed_authorization_requests": false,
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "response_types_supported": ["code"],
        "response_modes_supported": ["pi.flow", "query", "fragment", "form_post"],
        "grant_types_supported": ["authorization_code", "client_credentials", "refresh_token"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "userinfo_signing_alg_values_supported": ["none"],
        "token_endpoint_auth_methods_supported": TOKEN_ENDPOINT_AUTH,
        "token_endpoint_auth_signing_alg_values_supported": ASSERTION_ALGORITHMS,
        "claim_types_supported": ["normal"],
        "claims_supported": [
            "sub", "iss", "auth_time", "acr", "given_name", "family_name", "preferred_username", "updated_at", "email"
        ],
        "code_challenge_methods_supported": ["plain", "S256"],
    });
    if has_newer_sign_offs(realm) {
        document["ping_end_idp_session_endpoint"] = at("idpSignoff").into();
    }
    if !realm.policy.end_session_endpoint_published
        && let Some(members) = document.as_object_mut()
    {
        members.remove("end_session_endpoint");
    }
    Response::json(200, &document)
}

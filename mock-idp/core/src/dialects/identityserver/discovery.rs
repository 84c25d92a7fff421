//! The discovery document, with the members that the mock can stand for.

use serde_json::json;

use crate::http::Response;
use crate::realm::{Realm, Site};

/// What the server says of itself (OpenID Connect Discovery 1.0 section 3).
pub(super) fn document(realm: &Realm) -> Response {
    let issuer = realm.issuer(Site::Default);
    let at = |path: &str| format!("{issuer}{path}");
    let mut document = json!({
        "issuer": issuer,
        "jwks_uri": at("/.well-known/openid-configuration/jwks"),
        "authorization_endpoint": at("/connect/authorize"),
        "token_endpoint": at("/connect/token"),
        "userinfo_endpoint": at("/connect/userinfo"),
        "end_session_endpoint": at("/connect/endsession"),
        "revocation_endpoint": at("/connect/revocation"),
        "introspection_endpoint": at("/connect/introspect"),
        "frontchannel_logout_supported": true,
        "frontchannel_logout_session_supported": true,
        "backchannel_logout_supported": true,
        "backchannel_logout_session_supported": true,
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "claims_supported": ["sub", "preferred_username", "given_name", "family_name", "email"],
        "grant_types_supported": ["authorization_code", "client_credentials", "refresh_token"],
        "response_types_supported": ["code"],
        "response_modes_supported": ["form_post", "query", "fragment"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "private_key_jwt"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "subject_types_supported": ["public"],
        "code_challenge_methods_supported": ["plain", "S256"],
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
    });
    if !realm.policy.end_session_endpoint_published
        && let Some(members) = document.as_object_mut()
    {
        let of_logout = [
            "end_session_endpoint",
            "frontchannel_logout_supported",
            "frontchannel_logout_session_supported",
            "backchannel_logout_supported",
            "backchannel_logout_session_supported",
        ];
        members.retain(|name, _| !of_logout.contains(&name.as_str()));
    }
    Response::json(200, &document)
}

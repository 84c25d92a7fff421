//! Claims as IdentityServer issues them.

use serde_json::{Value, json};

use crate::realm::{Incoming, Realm};
use crate::sessions::EndUser;
use crate::token::Subject;

pub(crate) fn id_token(realm: &Realm, incoming: &Incoming, subject: &Subject) -> (Value, Value) {
    let now = incoming.now.as_second();
    let mut claims = json!({
        "iss": realm.issuer(incoming.site),
        "nbf": now,
        "iat": now,
        "exp": now.saturating_add(i64::from(realm.tenant.lifetimes.id_token)),
        "aud": subject.client,
        "amr": ["pwd"],
        "sid": subject.end_user.session,
        "sub": subject.end_user.user,
        "auth_time": subject.end_user.auth_time.as_second(),
        "idp": "local",
    });
    if let Some(nonce) = subject.nonce {
        claims["nonce"] = nonce.into();
    }
    (
        json!({ "alg": "RS256", "kid": realm.key.kid(), "typ": "JWT" }),
        claims,
    )
}

/// An access token; a client's own one has no subject. Its audience is the static one of the product, no client.
pub(crate) fn access_token(
    realm: &mut Realm,
    incoming: &Incoming,
    client: &str,
    scope: &str,
    end_user: Option<&EndUser>,
) -> (Value, Value) {
    let now = incoming.now.as_second();
    let issuer = realm.issuer(incoming.site);
    let scopes: Vec<_> = scope.split(' ').filter(|scope| !scope.is_empty()).collect();
    let mut claims = json!({
        "aud": format!("{issuer}/resources"),
        "iss": issuer,
        "nbf": now,
        "iat": now,
        "exp": now.saturating_add(i64::from(realm.tenant.lifetimes.access_token)),
        "scope": scopes,
        "client_id": client,
        "jti": realm.random.uuid().replace('-', "").to_uppercase(),
    });
    if let Some(end_user) = end_user {
        claims["amr"] = json!(["pwd"]);
        claims["sub"] = end_user.user.as_str().into();
        claims["auth_time"] = end_user.auth_time.as_second().into();
        claims["idp"] = "local".into();
        claims["sid"] = end_user.session.as_str().into();
    }
    (
        json!({ "alg": "RS256", "kid": realm.key.kid(), "typ": "at+jwt" }),
        claims,
    )
}

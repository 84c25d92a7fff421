//! Claims as PingOne issues them.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::random::uuid_of;
use crate::realm::{Incoming, Realm};
use crate::sessions::EndUser;
use crate::token::Subject;
use crate::userinfo::add_profile;

/// No profile ever changes here, so the time of its last change is a constant.
const UPDATED_AT: i64 = 1_700_000_000;

pub(crate) fn id_token(realm: &Realm, incoming: &Incoming, subject: &Subject) -> (Value, Value) {
    let now = incoming.now.as_second();
    let mut claims = json!({
        "iss": realm.issuer(incoming.site),
        "sub": subject.end_user.user,
        "aud": subject.client,
        "iat": now,
        "exp": now.saturating_add(i64::from(realm.tenant.lifetimes.id_token)),
        "acr": subject.end_user.acr,
        "amr": ["pwd"],
        "auth_time": subject.end_user.auth_time.as_second(),
        "sid": subject.end_user.session,
    });
    if let Some(user) = realm.tenant.user(&subject.end_user.user) {
        add_profile(&mut claims, user, subject.scope);
        claims["updated_at"] = UPDATED_AT.into();
    }
    if let Some(nonce) = subject.nonce {
        claims["nonce"] = nonce.into();
    }
    add_product_claims(realm, &mut claims);
    (header(realm), claims)
}

/// A client's own token has neither `sub` nor `sid`.
pub(crate) fn access_token(
    realm: &mut Realm,
    incoming: &Incoming,
    client: &str,
    scope: &str,
    end_user: Option<&EndUser>,
) -> (Value, Value) {
    let now = incoming.now.as_second();
    let mut claims = json!({
        "client_id": client,
        "iss": realm.issuer(incoming.site),
        "jti": realm.random.uuid(),
        "iat": now,
        "exp": now.saturating_add(i64::from(realm.tenant.lifetimes.access_token)),
        "aud": [format!("https://api.pingone.{}", top_level_domain(realm))],
        "scope": scope,
        "env": realm.tenant.id,
        "org": organization(realm),
    });
    if let Some(end_user) = end_user {
        claims["sub"] = end_user.user.as_str().into();
        claims["sid"] = end_user.session.as_str().into();
    }
    (header(realm), claims)
}

/// `env`, `org` and `p1.region`.
pub(crate) fn add_product_claims(realm: &Realm, claims: &mut Value) {
    claims["env"] = realm.tenant.id.as_str().into();
    claims["org"] = organization(realm).into();
    claims["p1.region"] = region(realm).into();
}

fn header(realm: &Realm) -> Value {
    json!({ "kid": realm.key.kid(), "alg": "RS256" })
}

/// One organization for each environment, derived so that it is stable.
fn organization(realm: &Realm) -> String {
    let digest = Sha256::digest(format!("organization of {}", realm.tenant.id));
    let octets: [u8; 16] = std::array::from_fn(|at| digest[at]);
    uuid_of(octets)
}

fn top_level_domain(realm: &Realm) -> &str {
    let rest = realm.tenant.issuer.strip_prefix("https://auth.pingone.");
    rest.and_then(|rest| rest.split('/').next())
        .unwrap_or("com")
}

fn region(realm: &Realm) -> &'static str {
    match top_level_domain(realm) {
        "ca" => "CA",
        "eu" => "EU",
        "com.au" => "AU",
        "sg" => "SG",
        "asia" => "AP",
        _ => "NA",
    }
}

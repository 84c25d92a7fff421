//! `client_secret_jwt` and `private_key_jwt` (Core section 9, RFC 7523 section 3): a client proves itself by a token it
//! signs, which is good once.

use serde_json::Value;

use crate::clock::after;
use crate::config::{Client, TokenEndpointAuth};
use crate::jwt::Parts;
use crate::parameters::Parameters;
use crate::realm::{Incoming, Realm};
use crate::signing::{hmac_verifies, rsa_keys};

const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// An assertion may not be good for longer than this, so that what has been used need not be remembered for ever.
const LONGEST: u32 = 24 * 60 * 60;

/// The client whose assertion this is, if it is good here, now, and for the first time.
pub(super) fn examine(
    realm: &mut Realm,
    incoming: &Incoming,
    form: &Parameters,
    assertion: &[u8],
) -> Option<Client> {
    if form.text("client_assertion_type") != Some(TYPE) {
        return None;
    }
    let parts = Parts::of(assertion)?;
    let id = text(&parts, "iss")?;
    let named = form.text("client_id").unwrap_or(id);
    let client = realm.tenant.client(id).filter(|client| client.enabled)?;
    let sound = text(&parts, "sub") == Some(id)
        && named == id
        && signed_by(client, &parts)
        && addressed_here(realm, incoming, &parts)
        && timely(incoming, &parts);
    let (client, jti) = (client.clone(), text(&parts, "jti")?);
    (sound && first_use(realm, incoming, id, jti)).then_some(client)
}

fn text<'a>(parts: &'a Parts, name: &str) -> Option<&'a str> {
    let value = parts.claims.get(name).and_then(Value::as_str);
    value.filter(|text| !text.is_empty())
}

fn signed_by(client: &Client, parts: &Parts) -> bool {
    let header = |name: &str| parts.header.get(name).and_then(Value::as_str);
    let Some(algorithm) = header("alg").filter(|_| !parts.header.contains_key("crit")) else {
        return false;
    };
    match (client.token_endpoint_auth, &client.secret, &client.jwks) {
        (TokenEndpointAuth::SecretJwt, Some(secret), _) => {
            hmac_verifies(algorithm, secret, parts.signed, &parts.signature)
        }
        (TokenEndpointAuth::PrivateKeyJwt, _, Some(jwks)) => rsa_keys(jwks)
            .iter()
            .filter(|key| header("kid").is_none_or(|kid| key.kid.as_deref() == Some(kid)))
            .any(|key| key.verifies(algorithm, parts.signed, &parts.signature)),
        _ => false,
    }
}

/// The issuer, the token endpoint and the endpoint that was asked: all three are in use as audience.
fn addressed_here(realm: &Realm, incoming: &Incoming, parts: &Parts) -> bool {
    let issuer = realm.issuer(incoming.site);
    let asked = format!("{}{}", realm.base(incoming.site), incoming.path);
    let ours = [format!("{issuer}/token"), issuer, asked];
    let is_ours = |value: &Value| {
        value
            .as_str()
            .is_some_and(|text| ours.iter().any(|own| own == text))
    };
    match parts.claims.get("aud") {
        Some(Value::Array(several)) => several.iter().any(is_ours),
        Some(one) => is_ours(one),
        None => false,
    }
}

fn timely(incoming: &Incoming, parts: &Parts) -> bool {
    let now = incoming.now.as_second();
    let time = |name: &str| parts.claims.get(name).and_then(Value::as_i64);
    let last = after(incoming.now, LONGEST).as_second();
    let begun = time("nbf").is_none_or(|begins| begins <= now);
    begun && time("exp").is_some_and(|ends| ends > now && ends <= last)
}

fn first_use(realm: &mut Realm, incoming: &Incoming, client: &str, jti: &str) -> bool {
    let name = format!("{client} {jti}");
    let used = realm.store.assertions.find(&name);
    if used.is_some_and(|until| *until > incoming.now) {
        return false;
    }
    let until = after(incoming.now, LONGEST);
    realm.store.assertions.put(name, until);
    true
}

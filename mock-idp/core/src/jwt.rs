//! Signed JSON Web Tokens in compact form (RFC 7515 section 7.1).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use crate::signing::SigningKey;

/// A token taken apart; nothing about it is verified.
pub(crate) struct Parts<'a> {
    pub(crate) header: Map<String, Value>,
    pub(crate) claims: Map<String, Value>,
    pub(crate) signed: &'a [u8],
    pub(crate) signature: Vec<u8>,
}

impl<'a> Parts<'a> {
    /// Takes a token apart: three parts in base64url without padding, the first two JSON objects.
    pub(crate) fn of(token: &'a [u8]) -> Option<Self> {
        let second_dot = token.iter().rposition(|octet| *octet == b'.')?;
        let (signed, signature) = (&token[..second_dot], &token[second_dot + 1..]);
        let first_dot = signed.iter().position(|octet| *octet == b'.')?;
        Some(Self {
            header: object(&signed[..first_dot])?,
            claims: object(&signed[first_dot + 1..])?,
            signed,
            signature: URL_SAFE_NO_PAD.decode(signature).ok()?,
        })
    }
}

fn object(part: &[u8]) -> Option<Map<String, Value>> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

/// The clients that a token names as its audience, its authorized party or itself; nothing about it is verified.
pub(crate) fn named_clients(token: &str) -> Vec<String> {
    let Some(claims) = token
        .split('.')
        .nth(1)
        .and_then(|part| object(part.as_bytes()))
    else {
        return Vec::new();
    };
    let audience = match claims.get("aud") {
        Some(Value::Array(list)) => list.iter().collect(),
        Some(one) => vec![one],
        None => Vec::new(),
    };
    let others = ["azp", "client_id", "iss"]
        .into_iter()
        .filter_map(|name| claims.get(name));
    let named = audience.into_iter().chain(others).filter_map(Value::as_str);
    named.map(str::to_owned).collect()
}

/// Signs claims with RS256. None only if the key cannot sign at all.
pub(crate) fn signed(key: &SigningKey, header: &Value, claims: &Value) -> Option<String> {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(header), part(claims));
    let signature = key.sign(signed.as_bytes())?;
    Some(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
}

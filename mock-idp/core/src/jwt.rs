//! Signed JSON Web Tokens in compact form (RFC 7515 section 7.1).

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
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
        Self::taken_apart(token, object, object)
    }

    /// The same with these members of header and claims only, which is much less work.
    pub(crate) fn with(token: &'a [u8], header: Names, claims: Names) -> Option<Self> {
        Self::taken_apart(
            token,
            |part| members(part, header),
            |part| members(part, claims),
        )
    }

    fn taken_apart(
        token: &'a [u8],
        header: impl FnOnce(&[u8]) -> Option<Map<String, Value>>,
        claims: impl FnOnce(&[u8]) -> Option<Map<String, Value>>,
    ) -> Option<Self> {
        let second_dot = token.iter().rposition(|octet| *octet == b'.')?;
        let (signed, signature) = (&token[..second_dot], &token[second_dot + 1..]);
        let first_dot = signed.iter().position(|octet| *octet == b'.')?;
        Some(Self {
            header: header(&signed[..first_dot])?,
            claims: claims(&signed[first_dot + 1..])?,
            signed,
            signature: URL_SAFE_NO_PAD.decode(signature).ok()?,
        })
    }
}

fn object(part: &[u8]) -> Option<Map<String, Value>> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

fn members(part: &[u8], wanted: Names) -> Option<Map<String, Value>> {
    let octets = URL_SAFE_NO_PAD.decode(part).ok()?;
    // What is passed over below is not looked at as text.
    let text = std::str::from_utf8(&octets).ok()?;
    let mut reader = serde_json::Deserializer::from_str(text);
    let found = reader.deserialize_map(Members(wanted)).ok()?;
    reader.end().ok()?;
    Some(found)
}

/// The names of the members that matter.
pub(crate) type Names = &'static [&'static str];

/// Keeps the members that matter and passes over the others. Of repeated ones the last counts, as with `object`.
struct Members(Names);

impl<'de> Visitor<'de> for Members {
    type Value = Map<String, Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut given: A) -> Result<Self::Value, A::Error> {
        let mut found = Map::with_capacity(self.0.len());
        while let Some(name) = given.next_key_seed(Name(self.0))? {
            match name {
                Some(name) => {
                    found.insert(name.to_owned(), given.next_value()?);
                }
                None => {
                    given.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(found)
    }
}

/// The name of a member, if it matters.
struct Name(Names);

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Option<&'static str>;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Self::Value, D::Error> {
        input.deserialize_str(self)
    }
}

impl Visitor<'_> for Name {
    type Value = Option<&'static str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.iter().find(|known| **known == name).copied())
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn token(header: &str, claims: &[u8]) -> Vec<u8> {
        let part = |octets: &[u8]| URL_SAFE_NO_PAD.encode(octets);
        format!("{}.{}.c2ln", part(header.as_bytes()), part(claims)).into_bytes()
    }

    #[test]
    fn the_members_that_matter_are_those_of_the_whole_token() {
        let header = r#"{"alg":"RS256","x":[{"alg":1}],"kid":null}"#;
        let claims = br#"{"aud":["a"],"n":{"aud":"b"},"sub":"x","s\u0075b":"y","z":1e3}"#;
        let token = token(header, claims);
        let whole = Parts::of(&token).unwrap();
        let part = Parts::with(&token, &["alg", "kid", "crit"], &["aud", "sub"]).unwrap();
        assert_eq!(
            part.header,
            serde_json::from_str::<Value>(r#"{"alg":"RS256","kid":null}"#)
                .unwrap()
                .as_object()
                .cloned()
                .unwrap()
        );
        assert_eq!(part.claims.len(), 2);
        for name in ["aud", "sub"] {
            assert_eq!(part.claims.get(name), whole.claims.get(name));
        }
        assert_eq!(part.claims["sub"], "y", "the last one counts");
        assert_eq!(
            (part.signed, part.signature),
            (whole.signed, whole.signature)
        );
    }

    #[test]
    fn what_is_no_token_is_none_either_way() {
        for claims in [
            &b"[]"[..],
            b"{",
            b"{} x",
            b"{\"a\":}",
            b"{\"a\":\"\xff\"}",
            b"\"aud\"",
            b"",
        ] {
            let token = token("{}", claims);
            assert!(Parts::of(&token).is_none());
            assert!(
                Parts::with(&token, &["alg"], &["aud"]).is_none(),
                "{claims:?}"
            );
        }
    }
}

//! JSON Web Tokens as text (RFC 7519, RFC 7515 compact serialisation). Nothing is verified here: the parts
//! are views of the text, for facts and for forging.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

/// The three parts of a compact JWS, still encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts<'a> {
    /// The JOSE header.
    pub header: &'a str,
    /// The claims.
    pub payload: &'a str,
    /// The signature; may be empty.
    pub signature: &'a str,
}

impl<'a> Parts<'a> {
    /// Splits at the two dots; nothing when there are not exactly two.
    pub fn of(token: &'a str) -> Option<Self> {
        let mut parts = token.split('.');
        let found = Parts {
            header: parts.next()?,
            payload: parts.next()?,
            signature: parts.next()?,
        };
        parts.next().is_none().then_some(found)
    }

    /// The header as JSON, if it is that.
    pub fn header_json(&self) -> Option<Value> {
        json(self.header)
    }

    /// The claims as JSON, if they are that.
    pub fn claims(&self) -> Option<Value> {
        json(self.payload)
    }
}

/// The claims of a compact JWS; nothing for what is not one.
pub fn claims(token: &str) -> Option<Value> {
    Parts::of(token)?.claims()
}

/// One string claim of a compact JWS.
pub fn text_claim(token: &str, name: &str) -> Option<String> {
    claims(token)?.get(name)?.as_str().map(str::to_owned)
}

/// base64url without padding (RFC 7515 section 2).
pub fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Decodes base64url without padding.
pub fn from_base64url(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

fn json(part: &str) -> Option<Value> {
    serde_json::from_slice(&from_base64url(part)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn two_dots_make_three_parts() {
        assert!(Parts::of("a.b.c").is_some());
        assert!(Parts::of("a.b.").is_some_and(|parts| parts.signature.is_empty()));
        assert!(Parts::of("a.b").is_none());
        assert!(Parts::of("a.b.c.d").is_none());
    }

    proptest! {
        #[test]
        fn any_text_is_looked_at_without_panic(text in ".*") {
            let _ = claims(&text);
        }
    }
}

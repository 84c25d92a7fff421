//! Provider metadata (OpenID Connect Discovery 1.0 section 3), kept as the JSON that came.

use serde_json::Value;

/// The discovery document.
#[derive(Debug, Clone, PartialEq)]
pub struct Metadata(Value);

impl Metadata {
    /// Takes the document; nothing when it is not a JSON object.
    pub fn parse(body: &[u8]) -> Option<Self> {
        let value: Value = serde_json::from_slice(body).ok()?;
        value.is_object().then_some(Metadata(value))
    }

    /// A member's string value.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    /// Any member.
    pub fn member(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// All members in the order of the document.
    pub fn members(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.0.as_object().into_iter().flatten()
    }

    /// True when the array member `name` holds the string `value`.
    pub fn lists(&self, name: &str, value: &str) -> bool {
        let list = self.0.get(name).and_then(Value::as_array);
        list.is_some_and(|values| values.iter().any(|v| v.as_str() == Some(value)))
    }
}

/// The address of the discovery document: the issuer without a terminating slash, followed by
/// `/.well-known/openid-configuration` (Discovery 1.0 section 4.1).
pub fn document_url(issuer: &str) -> String {
    format!(
        "{}/.well-known/openid-configuration",
        issuer.strip_suffix('/').unwrap_or(issuer)
    )
}

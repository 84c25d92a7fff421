//! Fixed RSA-2048 keys. They are public: they protect nothing and make every run the same.

use crate::signing::SigningKey;

/// The key a tenant signs with unless told otherwise, PKCS#8 in PEM.
pub const FIRST_PKCS8_PEM: &str = include_str!("../keys/first.pem");
/// A second key, for another tenant.
pub const SECOND_PKCS8_PEM: &str = include_str!("../keys/second.pem");
/// A third key. No tenant has it unless configured: a stranger's.
pub const THIRD_PKCS8_PEM: &str = include_str!("../keys/third.pem");

/// The key id (`kid`) under which the provider publishes a key: its RFC 7638 thumbprint. None for what is no RSA key.
pub fn kid(pkcs8_pem: &str) -> Option<String> {
    SigningKey::from_pkcs8_pem(pkcs8_pem)
        .ok()
        .map(|key| key.kid().to_owned())
}

/// The public half of a key as a JSON Web Key. None for what is no RSA key.
pub fn public_jwk(pkcs8_pem: &str) -> Option<serde_json::Value> {
    SigningKey::from_pkcs8_pem(pkcs8_pem)
        .ok()
        .map(|key| key.public_jwk().clone())
}

/// The public half of a key as `SubjectPublicKeyInfo` in PEM. None for what is no RSA key.
pub fn public_pem(pkcs8_pem: &str) -> Option<String> {
    SigningKey::from_pkcs8_pem(pkcs8_pem)
        .ok()
        .and_then(|key| key.public_pem())
}

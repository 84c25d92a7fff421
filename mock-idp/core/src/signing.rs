//! The key a tenant signs with, parsed once and shared.

use std::sync::{Arc, OnceLock};

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    KeyPair, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair,
};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::config::KeyChoice;
use crate::test_keys;

/// An RSA key with everything derived from it. Cloning shares it.
#[derive(Clone)]
pub(crate) struct SigningKey(Arc<Parsed>);

struct Parsed {
    pair: RsaKeyPair,
    public: ParsedPublicKey,
    kid: String,
    jwk: Value,
}

/// The PEM does not hold an RSA key of at least 2048 bits in PKCS#8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotAnRsaKey;

impl SigningKey {
    /// The key that was chosen. The fixed ones are parsed once in the life of the program.
    pub(crate) fn chosen(choice: &KeyChoice) -> Result<Self, NotAnRsaKey> {
        static FIXED: [OnceLock<Result<SigningKey, NotAnRsaKey>>; 3] =
            [OnceLock::new(), OnceLock::new(), OnceLock::new()];
        let (slot, pem) = match choice {
            KeyChoice::First => (&FIXED[0], test_keys::FIRST_PKCS8_PEM),
            KeyChoice::Second => (&FIXED[1], test_keys::SECOND_PKCS8_PEM),
            KeyChoice::Third => (&FIXED[2], test_keys::THIRD_PKCS8_PEM),
            KeyChoice::Pkcs8Pem(pem) => return Self::from_pkcs8_pem(pem),
        };
        slot.get_or_init(|| Self::from_pkcs8_pem(pem)).clone()
    }

    pub(crate) fn from_pkcs8_pem(pem: &str) -> Result<Self, NotAnRsaKey> {
        let der = der_of_pem(pem).ok_or(NotAnRsaKey)?;
        let pair = RsaKeyPair::from_pkcs8(&der).map_err(|_| NotAnRsaKey)?;
        let public = ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, pair.public_key().as_ref())
            .map_err(|_| NotAnRsaKey)?;
        let n = URL_SAFE_NO_PAD.encode(
            pair.public_key()
                .modulus()
                .big_endian_without_leading_zero(),
        );
        let e = URL_SAFE_NO_PAD.encode(
            pair.public_key()
                .exponent()
                .big_endian_without_leading_zero(),
        );
        // RFC 7638 section 3.1: the required members in lexicographic order, without white space.
        let thumbprint = Sha256::digest(format!(r#"{{"e":"{e}","kty":"RSA","n":"{n}"}}"#));
        let kid = URL_SAFE_NO_PAD.encode(thumbprint);
        let jwk = json!({ "kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid, "n": n, "e": e });
        Ok(Self(Arc::new(Parsed {
            pair,
            public,
            kid,
            jwk,
        })))
    }

    pub(crate) fn kid(&self) -> &str {
        &self.0.kid
    }

    pub(crate) fn public_jwk(&self) -> &Value {
        &self.0.jwk
    }

    pub(crate) fn public_pem(&self) -> Option<String> {
        let der = self.0.pair.public_key().as_der().ok()?;
        let text = STANDARD.encode(der.as_ref());
        let mut pem = String::from("-----BEGIN PUBLIC KEY-----\n");
        for (at, letter) in text.char_indices() {
            if at > 0 && at % 64 == 0 {
                pem.push('\n');
            }
            pem.push(letter);
        }
        pem.push_str("\n-----END PUBLIC KEY-----\n");
        Some(pem)
    }

    /// An RS256 signature. PKCS#1 version 1.5 padding has no random part, so the same octets give the same signature;
    /// the generator is an argument of the interface only.
    pub(crate) fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        let mut signature = vec![0; self.0.pair.public_modulus_len()];
        self.0
            .pair
            .sign(
                &RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                message,
                &mut signature,
            )
            .ok()?;
        Some(signature)
    }

    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        self.0.public.verify_sig(message, signature).is_ok()
    }
}

fn der_of_pem(pem: &str) -> Option<Vec<u8>> {
    let (_, rest) = pem.split_once("-----BEGIN PRIVATE KEY-----")?;
    let (inside, _) = rest.split_once("-----END PRIVATE KEY-----")?;
    let text: String = inside.split_ascii_whitespace().collect();
    STANDARD.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fixed_keys_are_three_different_ones() {
        let kids: std::collections::BTreeSet<_> =
            [KeyChoice::First, KeyChoice::Second, KeyChoice::Third]
                .iter()
                .map(|choice| SigningKey::chosen(choice).unwrap().kid().to_owned())
                .collect();
        assert_eq!(kids.len(), 3);
    }

    #[test]
    fn the_same_octets_give_the_same_signature_and_only_the_own_key_verifies_it() {
        let first = SigningKey::chosen(&KeyChoice::First).unwrap();
        let second = SigningKey::chosen(&KeyChoice::Second).unwrap();
        let signature = first.sign(b"octets").unwrap();
        assert_eq!(first.sign(b"octets").unwrap(), signature);
        assert!(first.verifies(b"octets", &signature));
        assert!(!first.verifies(b"other octets", &signature));
        assert!(!second.verifies(b"octets", &signature));
    }

    #[test]
    fn what_is_no_key_is_refused() {
        assert!(SigningKey::from_pkcs8_pem("").is_err());
        assert!(
            SigningKey::from_pkcs8_pem(
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"
            )
            .is_err()
        );
    }
}

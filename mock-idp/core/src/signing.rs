//! The key a tenant signs with, parsed once and shared.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    KeyPair, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384,
    RSA_PKCS1_2048_8192_SHA512, RSA_PKCS1_SHA256, RsaKeyPair, RsaPublicKeyComponents,
};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::config::KeyChoice;
use crate::test_keys;

/// Signatures that were made before. Signing is by far the most expensive thing a provider does, and RS256 gives the
/// same octets the same signature, so providers that are made again and again from the same seed (one for each case of
/// a test run) may share what they signed. Bounded; cloning shares it.
#[derive(Clone, Default)]
pub struct SignatureMemo(Arc<Mutex<HashMap<[u8; 32], Vec<u8>>>>);

/// How many signatures are kept. A full memo starts afresh.
const MEMO_BOUND: usize = 20_000;

impl SignatureMemo {
    /// An empty memo.
    pub fn new() -> Self {
        Self::default()
    }

    fn or_make(
        &self,
        kid: &str,
        message: &[u8],
        make: impl FnOnce() -> Option<Vec<u8>>,
    ) -> Option<Vec<u8>> {
        let mut digest = Sha256::new();
        digest.update(kid.as_bytes());
        digest.update([0]);
        digest.update(message);
        let name: [u8; 32] = digest.finalize().into();
        // A poisoned lock only means that another thread ended while it held it; the map is whole.
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(&name) {
            return Some(known.clone());
        }
        let signature = make()?;
        let mut known = lock();
        if known.len() >= MEMO_BOUND {
            known.clear();
        }
        known.insert(name, signature.clone());
        Some(signature)
    }
}

impl fmt::Debug for SignatureMemo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignatureMemo")
    }
}

/// What the keys of one provider share.
#[derive(Debug, Clone, Default)]
pub(crate) struct Keyring {
    pub(crate) signatures: Option<SignatureMemo>,
    /// What stands at the end of each key's id.
    pub(crate) mark: Option<String>,
}

/// An RSA key with everything derived from it. Cloning shares it.
#[derive(Clone)]
pub(crate) struct SigningKey {
    parsed: Arc<Parsed>,
    memo: Option<SignatureMemo>,
    kid: Arc<str>,
}

struct Parsed {
    pair: RsaKeyPair,
    public: ParsedPublicKey,
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
        Ok(Self {
            parsed: Arc::new(Parsed { pair, public, jwk }),
            memo: None,
            kid: kid.into(),
        })
    }

    /// The same key as one of a provider's.
    pub(crate) fn on(self, keyring: &Keyring) -> Self {
        let kid = match &keyring.mark {
            Some(mark) => format!("{}.{mark}", self.kid).into(),
            None => self.kid,
        };
        Self {
            parsed: self.parsed,
            memo: keyring.signatures.clone(),
            kid,
        }
    }

    pub(crate) fn kid(&self) -> &str {
        &self.kid
    }

    pub(crate) fn public_jwk(&self) -> Value {
        let mut jwk = self.parsed.jwk.clone();
        jwk["kid"] = self.kid().into();
        jwk
    }

    pub(crate) fn public_pem(&self) -> Option<String> {
        let der = self.parsed.pair.public_key().as_der().ok()?;
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
        match &self.memo {
            Some(memo) => memo.or_make(self.kid(), message, || self.make(message)),
            None => self.make(message),
        }
    }

    fn make(&self, message: &[u8]) -> Option<Vec<u8>> {
        let mut signature = vec![0; self.parsed.pair.public_modulus_len()];
        self.parsed
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
        self.parsed.public.verify_sig(message, signature).is_ok()
    }
}

/// A client's public key.
pub(crate) struct PublicKey {
    pub(crate) kid: Option<String>,
    n: Vec<u8>,
    e: Vec<u8>,
}

impl PublicKey {
    /// Verifies a signature made with `RS256`, `RS384` or `RS512` (RFC 7518 section 3.3).
    pub(crate) fn verifies(&self, algorithm: &str, message: &[u8], signature: &[u8]) -> bool {
        let parameters = match algorithm {
            "RS256" => &RSA_PKCS1_2048_8192_SHA256,
            "RS384" => &RSA_PKCS1_2048_8192_SHA384,
            "RS512" => &RSA_PKCS1_2048_8192_SHA512,
            _ => return false,
        };
        let key = RsaPublicKeyComponents {
            n: &self.n,
            e: &self.e,
        };
        key.verify(parameters, message, signature).is_ok()
    }
}

/// The RSA keys of a JSON Web Key Set (RFC 7518 section 6.3.1); others are passed over (RFC 7517 section 5).
pub(crate) fn rsa_keys(jwks: &Value) -> Vec<PublicKey> {
    let keys = jwks["keys"].as_array().into_iter().flatten();
    keys.filter_map(|key| {
        let number = |name: &str| URL_SAFE_NO_PAD.decode(key[name].as_str()?).ok();
        let (n, e) = (number("n")?, number("e")?);
        let usable = key["kty"] == "RSA" && n.len() >= 256 && !e.is_empty();
        let kid = key["kid"].as_str().map(str::to_owned);
        usable.then_some(PublicKey { kid, n, e })
    })
    .collect()
}

/// Verifies a MAC made with `HS256`, `HS384` or `HS512` (RFC 7518 section 3.2).
pub(crate) fn hmac_verifies(algorithm: &str, secret: &str, message: &[u8], mac: &[u8]) -> bool {
    let kind = match algorithm {
        "HS256" => hmac::HMAC_SHA256,
        "HS384" => hmac::HMAC_SHA384,
        "HS512" => hmac::HMAC_SHA512,
        _ => return false,
    };
    hmac::verify(&hmac::Key::new(kind, secret.as_bytes()), message, mac).is_ok()
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
        let keyring = Keyring {
            signatures: Some(SignatureMemo::new()),
            mark: None,
        };
        let (first, second) = (first.on(&keyring), second.on(&keyring));
        for _ in 0..2 {
            assert_eq!(first.sign(b"octets").unwrap(), signature);
            assert_ne!(second.sign(b"octets").unwrap(), signature);
        }
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

//! An RS256 signature and nothing around it.

use std::hint::black_box;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use mock_idp::core::test_keys;
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::pki_types::pem::PemObject;

/// About the length of what is signed of a token.
const LENGTH: usize = 700;

/// A key of the kind that the mock signs with.
pub(crate) struct Signer {
    pair: RsaKeyPair,
    message: [u8; LENGTH],
}

impl Signer {
    pub(crate) fn new() -> Self {
        let pem = test_keys::FIRST_PKCS8_PEM.as_bytes();
        let der = PrivatePkcs8KeyDer::from_pem_slice(pem).expect("a key in PEM");
        let pair = RsaKeyPair::from_pkcs8(der.secret_pkcs8_der()).expect("an RSA key");
        assert_eq!(pair.public_modulus_len(), 256, "2048 bits");
        Signer {
            pair,
            message: [b'a'; LENGTH],
        }
    }

    /// Signs that many times.
    pub(crate) fn sign(&self, times: usize) {
        for _ in 0..times {
            let mut signature = [0; 256];
            let message = black_box(&self.message);
            self.pair
                .sign(
                    &RSA_PKCS1_SHA256,
                    &SystemRandom::new(),
                    message,
                    &mut signature,
                )
                .expect("the key signs");
            black_box(signature);
        }
    }
}

//! Values nobody can guess without the seed.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand_chacha::ChaCha20Rng;
use rand_core::{RngCore, SeedableRng};
use sha2::{Digest, Sha256};

pub(crate) struct Seeded(ChaCha20Rng);

impl Seeded {
    /// A stream of its own for each tenant, so that what happens at one changes nothing at another.
    pub(crate) fn new(seed: u64, tenant: &str) -> Self {
        let mut hash = Sha256::new();
        hash.update(seed.to_le_bytes());
        hash.update(tenant.as_bytes());
        Self(ChaCha20Rng::from_seed(hash.finalize().into()))
    }

    /// A version 4 UUID (RFC 9562 section 5.4).
    pub(crate) fn uuid(&mut self) -> String {
        let mut octets = [0; 16];
        self.0.fill_bytes(&mut octets);
        uuid_of(octets)
    }

    /// 256 bits in base64url.
    pub(crate) fn opaque(&mut self) -> String {
        let mut octets = [0; 32];
        self.0.fill_bytes(&mut octets);
        URL_SAFE_NO_PAD.encode(octets)
    }
}

/// Sixteen octets as a version 4 UUID.
pub(crate) fn uuid_of(mut octets: [u8; 16]) -> String {
    octets[6] = (octets[6] & 0x0f) | 0x40;
    octets[8] = (octets[8] & 0x3f) | 0x80;
    let digits = format!("{:032x}", u128::from_be_bytes(octets));
    [
        &digits[..8],
        &digits[8..12],
        &digits[12..16],
        &digits[16..20],
        &digits[20..],
    ]
    .join("-")
}

//! The registered value is used as a regular expression that may match anywhere.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};

pub(super) static FAULT: Fault = Fault {
    id: "match-regex-unanchored",
    summary: "accepts every value in which a registered one occurs, a dot standing for any character",
    dialects: &[PingOne, Oidc, IdentityServer],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["RPIL-3-04", "P1-SO-14"]),
        (Oidc, &["RPIL-3-04"]),
        (IdentityServer, &["IDS-08", "IDS-09"]),
    ],
    stands_on: &["A-18", "A-19"],
    inject: |policy| {
        policy.target.admits = admits;
    },
};

fn admits(registered: &str, requested: &[u8]) -> bool {
    let pattern = registered.as_bytes();
    requested.windows(pattern.len()).any(|part| {
        part.iter()
            .zip(pattern)
            .all(|(octet, wanted)| octet == wanted || *wanted == b'.')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn admits_the_registered_one_and_what_the_defect_lets_through() {
        assert!(admits("https://rp.example/out", b"https://rp.example/out"));
        assert!(admits(
            "https://rp.example/out",
            b"https://evil.example/?x=https://rp.example/out"
        ));
        assert!(admits("https://rp.example/out", b"https://rpxexample/out"));
        assert!(!admits("https://rp.example/out", b"https://rp.example/ou"));
    }
}

//! The query is cut off before comparing, and followed as it came.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};

pub(super) static FAULT: Fault = Fault {
    id: "match-ignore-query",
    summary: "ignores the query when comparing",
    dialects: &[PingOne, Oidc, IdentityServer],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["RPIL-3-04", "P1-SO-14"]),
        (Oidc, &["RPIL-3-04"]),
        (IdentityServer, &["IDS-08", "IDS-09"]),
    ],
    stands_on: &["A-38"],
    inject: |policy| {
        policy.target.admits = admits;
    },
};

fn admits(registered: &str, requested: &[u8]) -> bool {
    let path = |uri: &[u8]| {
        uri.split(|octet| *octet == b'?')
            .next()
            .unwrap_or_default()
            .to_vec()
    };
    path(registered.as_bytes()) == path(requested)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn admits_the_registered_one_and_what_the_defect_lets_through() {
        assert!(admits("https://rp.example/out", b"https://rp.example/out"));
        assert!(admits(
            "https://rp.example/out",
            b"https://rp.example/out?next=https://evil.example"
        ));
        assert!(!admits(
            "https://rp.example/out",
            b"https://rp.example/out/x"
        ));
    }
}

//! The host is compared only when parsing finds one, so a value without a host is never compared.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};
use crate::logout::target::exactly;

pub(super) static FAULT: Fault = Fault {
    id: "match-host-only-if-present",
    summary: "accepts every value in which no host is found",
    dialects: &[PingOne, Oidc, IdentityServer],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["RPIL-3-04", "P1-SO-14"]),
        (Oidc, &["RPIL-3-04"]),
        (IdentityServer, &["IDS-08", "IDS-09"]),
    ],
    stands_on: &["A-20"],
    inject: |policy| {
        policy.target.admits = admits;
    },
};

fn admits(registered: &str, requested: &[u8]) -> bool {
    let text = String::from_utf8_lossy(requested);
    let rest = text
        .split_once("://")
        .map(|(_, rest)| rest)
        .or_else(|| text.strip_prefix("//"));
    let host = rest
        .and_then(|rest| rest.split(['/', '?', '#']).next())
        .unwrap_or_default();
    host.is_empty() || exactly(registered, requested)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn admits_the_registered_one_and_what_the_defect_lets_through() {
        assert!(admits("https://rp.example/out", b"https://rp.example/out"));
        assert!(admits("https://rp.example/out", b"https:evil.example"));
        assert!(admits("https://rp.example/out", b"///evil.example"));
        assert!(!admits("https://rp.example/out", b"https://evil.example/"));
    }
}

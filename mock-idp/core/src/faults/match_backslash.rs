//! A backslash, plain or encoded, passes for a character of the path; browsers read it as a slash.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};
use crate::logout::target::exactly;

pub(super) static FAULT: Fault = Fault {
    id: "match-backslash",
    summary: "accepts a backslash in place of a slash, and what begins with one",
    dialects: &[PingOne, Oidc, IdentityServer],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["RPIL-3-04", "P1-SO-14"]),
        (Oidc, &["RPIL-3-04"]),
        (IdentityServer, &["IDS-08", "IDS-09"]),
    ],
    stands_on: &["A-21", "A-22", "A-23"],
    inject: |policy| {
        policy.target.admits = admits;
    },
};

fn admits(registered: &str, requested: &[u8]) -> bool {
    let text = String::from_utf8_lossy(requested)
        .replace("%5c", "\\")
        .replace("%5C", "\\");
    exactly(registered, requested)
        || text.starts_with("/\\")
        || text.replace('\\', "/") == registered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn admits_the_registered_one_and_what_the_defect_lets_through() {
        assert!(admits("https://rp.example/out", b"https://rp.example/out"));
        assert!(admits("https://rp.example/out", b"https:/\\rp.example/out"));
        assert!(admits("https://rp.example/out", b"/%5cevil.example/"));
        assert!(!admits(
            "https://rp.example/out",
            b"https://evil.example\\out"
        ));
    }
}

//! The value is percent-decoded once more before comparing, and followed as it came.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};

pub(super) static FAULT: Fault = Fault {
    id: "match-after-decode",
    summary: "percent-decodes once more before comparing",
    dialects: &[PingOne, Oidc, IdentityServer],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["RPIL-3-04", "P1-SO-14"]),
        (Oidc, &["RPIL-3-04"]),
        (IdentityServer, &["IDS-08", "IDS-09"]),
    ],
    stands_on: &["A-14"],
    inject: |policy| {
        policy.target.admits = admits;
    },
};

fn admits(registered: &str, requested: &[u8]) -> bool {
    percent_encoding::percent_decode(requested).eq(registered.bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn admits_the_registered_one_and_what_the_defect_lets_through() {
        assert!(admits("https://rp.example/out", b"https://rp.example/out"));
        assert!(admits(
            "https://rp.example/out",
            b"https://rp.example/%6Fut"
        ));
        assert!(admits(
            "https://rp.example/out",
            b"https://rp.example%2Fout"
        ));
        assert!(!admits(
            "https://rp.example/out",
            b"https://rp.example/%6Fu"
        ));
    }
}

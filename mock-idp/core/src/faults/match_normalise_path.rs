//! Dot segments are resolved before comparing, so the value that is followed is not the one that is registered.

use url::Url;

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};
use crate::logout::target::exactly;

pub(super) static FAULT: Fault = Fault {
    id: "match-normalise-path",
    summary: "resolves dot segments, ..;/ among them, before comparing",
    dialects: &[PingOne, Oidc, IdentityServer],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["RPIL-3-04", "P1-SO-14"]),
        (Oidc, &["RPIL-3-04"]),
        (IdentityServer, &["IDS-08", "IDS-09"]),
    ],
    stands_on: &["A-13"],
    inject: |policy| {
        policy.target.admits = admits;
    },
};

fn admits(registered: &str, requested: &[u8]) -> bool {
    let text = String::from_utf8_lossy(requested).replace("..;/", "../");
    exactly(registered, requested) || Url::parse(&text).is_ok_and(|url| url.as_str() == registered)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn admits_the_registered_one_and_what_the_defect_lets_through() {
        assert!(admits("https://rp.example/out", b"https://rp.example/out"));
        assert!(admits(
            "https://rp.example/out",
            b"https://rp.example/a/../out"
        ));
        assert!(admits(
            "https://rp.example/out",
            b"https://rp.example/a/..;/out"
        ));
        assert!(!admits(
            "https://rp.example/out",
            b"https://rp.example/a/out"
        ));
    }
}

//! Parsed forms are compared: case of the host, default port and trailing slash make no difference. Nothing an
//! attacker could use, but not the exact comparison that section 3 wants.

use url::Url;

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};
use crate::logout::target::exactly;

pub(super) static FAULT: Fault = Fault {
    id: "match-normalised",
    summary: "compares URLs after parsing them",
    dialects: &[PingOne, Oidc, IdentityServer],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["RPIL-3-04", "P1-SO-14"]),
        (Oidc, &["RPIL-3-04"]),
        (IdentityServer, &["IDS-08", "IDS-09"]),
    ],
    stands_on: &["A-31", "A-39", "A-41"],
    inject: |policy| {
        policy.target.admits = admits;
    },
};

fn admits(registered: &str, requested: &[u8]) -> bool {
    let parsed = |text: &str| {
        Url::parse(text)
            .ok()
            .map(|url| url.as_str().trim_end_matches('/').to_owned())
    };
    let requested_text = String::from_utf8_lossy(requested);
    exactly(registered, requested)
        || parsed(registered).is_some_and(|known| Some(known) == parsed(&requested_text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn admits_the_registered_one_and_what_the_defect_lets_through() {
        assert!(admits("https://rp.example/out", b"https://rp.example/out"));
        assert!(admits(
            "https://rp.example/out",
            b"HTTPS://RP.example:443/out/"
        ));
        assert!(!admits("https://rp.example/out", b"https://rp.example/OUT"));
    }
}

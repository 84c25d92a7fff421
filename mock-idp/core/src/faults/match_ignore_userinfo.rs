//! User information is dropped before comparing, but the browser is sent to the value with it: what looks like a
//! host to people need not be one.

use url::Url;

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};
use crate::logout::target::exactly;

pub(super) static FAULT: Fault = Fault {
    id: "match-ignore-userinfo",
    summary: "ignores user:password@ when comparing",
    dialects: &[PingOne, Oidc, IdentityServer],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["RPIL-3-04", "P1-SO-14"]),
        (Oidc, &["RPIL-3-04"]),
        (IdentityServer, &["IDS-08", "IDS-09"]),
    ],
    stands_on: &["A-10"],
    inject: |policy| {
        policy.target.admits = admits;
    },
};

fn admits(registered: &str, requested: &[u8]) -> bool {
    let Ok(mut url) = Url::parse(&String::from_utf8_lossy(requested)) else {
        return exactly(registered, requested);
    };
    let had = !url.username().is_empty() || url.password().is_some();
    let bared = url.set_username("").is_ok() && url.set_password(None).is_ok();
    exactly(registered, requested) || (had && bared && url.as_str() == registered)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn admits_the_registered_one_and_what_the_defect_lets_through() {
        assert!(admits("https://rp.example/out", b"https://rp.example/out"));
        assert!(admits(
            "https://rp.example/out",
            b"https://bank.example:x@rp.example/out"
        ));
        assert!(!admits(
            "https://rp.example/out",
            b"https://rp.example@evil.example/out"
        ));
    }
}

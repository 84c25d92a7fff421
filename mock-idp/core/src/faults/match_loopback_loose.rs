//! Whatever begins like the loopback address counts as the developer's own machine.

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};

pub(super) static FAULT: Fault = Fault {
    id: "match-loopback-loose",
    summary: "accepts every host that begins with localhost or 127.0.0.1",
    dialects: &[PingOne, Oidc],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["RPIL-3-04", "BCP-2.1-02"]),
        (Oidc, &["RPIL-3-04", "BCP-2.1-02"]),
    ],
    stands_on: &["A-12"],
    inject: |policy| {
        policy.target.admits = admits;
    },
};

fn admits(registered: &str, requested: &[u8]) -> bool {
    let text = String::from_utf8_lossy(requested);
    let host = text.split_once("://").map_or("", |(_, host)| host);
    registered.as_bytes() == requested
        || host.starts_with("localhost")
        || host.starts_with("127.0.0.1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn admits_the_registered_one_and_what_the_defect_lets_through() {
        assert!(admits("https://rp.example/out", b"https://rp.example/out"));
        assert!(admits(
            "https://rp.example/out",
            b"https://localhost.evil.test/"
        ));
        assert!(!admits("https://rp.example/out", b"https://evil.test/"));
    }
}

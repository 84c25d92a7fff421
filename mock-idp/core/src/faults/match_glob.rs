//! A registered value is taken for a pattern. Its `*` stops at a slash and at nothing else, so that in the place of a
//! host it swallows the end of the authority.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;

pub(super) static FAULT: Fault = Fault {
    id: "match-glob",
    summary: "takes `*` in a registered value for any octets but `/`, `?` and `#` among them",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["RPIL-3-04"])],
    stands_on: &["A-35", "A-36"],
    inject: |policy| {
        policy.target.admits = admits;
    },
};

fn admits(registered: &str, requested: &[u8]) -> bool {
    matches(registered.as_bytes(), requested)
}

fn matches(pattern: &[u8], text: &[u8]) -> bool {
    let Some((wanted, rest)) = pattern.split_first() else {
        return text.is_empty();
    };
    if *wanted == b'*' {
        let longest = text.iter().position(|octet| *octet == b'/');
        let longest = longest.unwrap_or(text.len());
        return (0..=longest).any(|taken| matches(rest, &text[taken..]));
    }
    text.split_first()
        .is_some_and(|(octet, others)| octet == wanted && matches(rest, others))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn admits_the_registered_one_and_what_the_defect_lets_through() {
        let registered = "https://*.rp.example/out";
        assert!(admits("https://rp.example/out", b"https://rp.example/out"));
        assert!(admits(registered, b"https://a.rp.example/out"));
        assert!(admits(registered, b"https://evil.test?.rp.example/out"));
        assert!(admits(registered, b"https://evil.test#.rp.example/out"));
        assert!(!admits(registered, b"https://evil.test/.rp.example/out"));
        assert!(!admits(registered, b"https://rp.example/out"));
    }
}

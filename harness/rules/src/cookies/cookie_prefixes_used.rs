//! The cookies of the session have names with the prefix `__Host-` or `__Secure-`, whose conditions browsers
//! enforce.
//!
//! # Why it matters
//! Without a prefix a page of a neighbouring domain, or an answer without TLS, can plant a cookie of the same
//! name: the sign-off then deletes one of the two, and the other one lives (G-05).
//!
//! # What does not count
//! Cookies that are not set for this browser any more when it signs off, and servers without TLS, whose
//! cookies may not have the prefixes.
//!
//! # How to fix
//! Call the cookie `__Host-…` and set it with `Secure`, `Path=/` and no `Domain`; with a path of its own call
//! it `__Secure-…`.

use super::reading::jars;
use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::SignOff;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CK-4.1.3-01",
    name: "cookie-prefixes-used",
    level: Level::Should,
    source: section("4.1.3"),
    title: "cookie names carry a prefix that browsers enforce",
    file: include_str!("cookie_prefixes_used.rs"),
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        s.attempt().chain[0].request.origin.is_https(),
        "the logout endpoint is not reached over TLS",
    )?;
    let (before, _) = jars(s);
    let names: Vec<&str> = before.iter().map(|cookie| cookie.name.as_str()).collect();
    only_if(!names.is_empty(), "the browser has no cookie")?;
    let bare = names.iter().find(|name| {
        let name = name.to_ascii_lowercase();
        !name.starts_with("__host-") && !name.starts_with("__secure-")
    });
    s.must(
        bare.map_or_else(
            || Seen::Yes("all have one".to_owned()),
            |name| Seen::No(format!("a cookie {name}")),
        ),
        s.shown(&Seen::Yes("cookies of the sign-in".to_owned())),
        "names that begin with __Host- or __Secure-",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, OUT, OWN, redirect, with_header};

    fn holding(field: &str) -> Case {
        Case::new()
            .signed_in_by(with_header(redirect(302, OUT), "Set-Cookie", field))
            .get(&[OWN])
    }

    #[test]
    fn either_prefix_keeps_it() {
        holding("__Host-s=1; Path=/; Secure").assert_kept(&RULE);
        holding("__Secure-s=1; Path=/x; Secure").assert_kept(&RULE);
    }

    #[test]
    fn a_bare_name_breaks_it() {
        holding("s=1; Path=/; Secure").assert_violated(&RULE);
    }

    #[test]
    fn no_cookie_and_no_tls_are_not_its_business() {
        holding("s=1; Max-Age=0").assert_not_mine(&RULE);
        let plain = signoff_oidc::Request::get("http://127.0.0.1/end").expect("an address");
        Case::new()
            .signed_in_by(with_header(redirect(302, OUT), "Set-Cookie", "s=1; Path=/"))
            .sends(plain)
            .assert_not_mine(&RULE);
    }
}

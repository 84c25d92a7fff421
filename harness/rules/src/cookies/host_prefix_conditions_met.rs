//! A cookie whose name begins with `__Host-` is set, and deleted, with `Secure`, with `Path=/` and without
//! `Domain`.
//!
//! # Why it matters
//! Browsers ignore a `Set-Cookie` that does not meet the conditions of the prefix. A deletion that leaves
//! `Secure` away, as libraries write it, is ignored as well, and the session cookie stays (G-01).
//!
//! # What does not count
//! Cookies with other names.
//!
//! # How to fix
//! Delete the cookie with all the attributes it was set with.

use super::reading::{Field, fields};
use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::SignOff;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CK-4.1.3.2-01",
    name: "host-prefix-conditions-met",
    level: Level::Indicative,
    source: section("4.1.3.2"),
    title: "a __Host- cookie is set and deleted with Secure, Path=/ and no Domain",
    file: include_str!("host_prefix_conditions_met.rs"),
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let set = fields(s);
    let prefixed: Vec<&Field> = set
        .iter()
        .filter(|field| field.name().to_ascii_lowercase().starts_with("__host-"))
        .collect();
    only_if(!prefixed.is_empty(), "no cookie with the prefix __Host-")?;
    let wrong = prefixed.iter().find_map(|field| {
        let missing = missing(field)?;
        Some(format!("{} {missing}", field.name()))
    });
    s.must(
        wrong.map_or_else(|| Seen::Yes("all meet them".to_owned()), Seen::No),
        s.shown(&Seen::Yes("a cookie with the prefix".to_owned())),
        "Secure, Path=/ and no Domain",
    )
}

fn missing(field: &Field) -> Option<&'static str> {
    let cookie = field.read()?;
    if !cookie.secure {
        Some("without Secure")
    } else if cookie.domain.is_some() {
        Some("with Domain")
    } else if cookie.path.as_deref() != Some("/") {
        Some("without Path=/")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, OUT, OWN, TARGET, redirect, with_header};

    fn answered(fields: &[&str]) -> Case {
        let answer = fields.iter().fold(redirect(303, OUT), |answer, field| {
            with_header(answer, "Set-Cookie", field)
        });
        Case::new().get(&[OWN, TARGET]).gets(answer)
    }

    #[test]
    fn the_conditions_met_keep_it() {
        answered(&["__Host-s=; Path=/; Secure; Max-Age=0", "t=1"]).assert_kept(&RULE);
    }

    #[test]
    fn each_condition_not_met_breaks_it() {
        for field in [
            "__Host-s=; Path=/; Max-Age=0",
            "__Host-s=1; Path=/x; Secure",
            "__host-s=1; Path=/; Secure; Domain=op.example",
            "__Host-s=1; Secure",
        ] {
            answered(&[field]).assert_violated(&RULE);
        }
    }

    #[test]
    fn other_names_are_not_its_business() {
        answered(&["__Secure-s=1", "s=1"]).assert_not_mine(&RULE);
    }
}

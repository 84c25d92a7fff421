//! No cookie is set without a name.
//!
//! The draft says MUST NOT; RFC 6265, which is in force, says SHOULD NOT, and that is what it counts as.
//!
//! # Why it matters
//! Browsers send a nameless cookie as bare text, which servers read as another cookie or not at all: a session
//! kept in it cannot be ended by name (G-05).
//!
//! # What does not count
//! An empty value.
//!
//! # How to fix
//! Give the cookie a name.

use super::reading::fields;
use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::SignOff;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CK-4.1.1-04",
    name: "cookies-have-names",
    level: Level::ShouldNot,
    source: section("4.1.1"),
    title: "no cookie without a name",
    file: include_str!("cookies_have_names.rs"),
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let set = fields(s);
    only_if(!set.is_empty(), "no cookie was set")?;
    let nameless = set.iter().any(|field| field.name().is_empty());
    let what = if nameless {
        "a Set-Cookie without a name"
    } else {
        "each has a name"
    };
    s.must_not(
        Seen::of(nameless, what),
        s.shown(&Seen::Yes(format!("{} fields", set.len()))),
        "a name before the =",
    )
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
    fn names_keep_it() {
        answered(&["a=", "b=1"]).assert_kept(&RULE);
    }

    #[test]
    fn a_missing_name_breaks_it() {
        for field in ["=1; Path=/", "text; Path=/"] {
            answered(&["a=1", field]).assert_violated(&RULE);
        }
    }

    #[test]
    fn no_cookie_is_not_its_business() {
        answered(&[]).assert_not_mine(&RULE);
    }
}

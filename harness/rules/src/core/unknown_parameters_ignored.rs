//! Request parameters that the OP does not know are ignored.
//!
//! # Why it matters
//! Relying parties and proxies add parameters of their own. They broke the sign-off (N-04), or were carried
//! on to the relying party (I-16).
//!
//! # What does not count
//! Core 1.0 says this of the authorization endpoint; here it is applied to its neighbour, as a SHOULD like
//! there. Names that differ from a known one only in case or by brackets, parameters so long that the request
//! may be refused for its length, and a request that does not work without them either.
//!
//! # How to fix
//! Read the parameters by name and leave the rest alone.

use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::{Control, KNOWN, SignOff};
use signoff_oidc::spec::{Document, Level, Reference};

pub(super) const RULE: Rule = Rule {
    id: "CORE-3.1.2.2-03",
    name: "unknown-parameters-ignored",
    level: Level::Should,
    source: Reference {
        document: Document::Core,
        section: "3.1.2.2",
    },
    title: "unknown parameters change nothing",
    file: include_str!("unknown_parameters_ignored.rs"),
    needs: &[Control::WithoutUnknown],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

/// What adds no more than this makes no request too long, in octets.
const SHORT: usize = 512;

fn judge(s: &SignOff<'_>) -> Ruling {
    let unknown = s.unknown_parameters();
    let resembles = |name: &String| {
        let bare = name.split('[').next().unwrap_or(name);
        KNOWN.iter().any(|known| known.eq_ignore_ascii_case(bare))
    };
    only_if(
        !unknown.is_empty() && !unknown.iter().any(resembles),
        "no parameter was sent that is surely unknown",
    )?;
    let length: usize = s
        .params()
        .iter()
        .filter(|(name, _)| unknown.iter().any(|other| other.as_bytes() == *name))
        .map(|(name, value)| name.len() + value.len())
        .sum();
    only_if(length <= SHORT, "the request may be refused for its length")?;
    only_if(
        !s.is_mixed() && !s.repeats() && matches!(s.method(), "GET" | "POST"),
        "a parameter is repeated or out of its place",
    )?;
    let without = s.control(Control::WithoutUnknown)?;
    s.must(
        s.same_effect_as(&without),
        s.did(Control::WithoutUnknown, SignOff::worked, "work"),
        "the same effect as without them",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::sign_off::Control;
    use crate::testing::{Case, OUT, OWN, Session, TARGET, error, redirect};

    fn plus(name: &str) -> Case {
        Case::new().get(&[OWN, TARGET, (name, "1")])
    }

    fn plain() -> Case {
        let case = Case::new().get(&[OWN, TARGET]);
        case.gets(redirect(303, OUT)).at_rest(Session::Ended)
    }

    #[test]
    fn the_same_effect_keeps_it() {
        plus("foo")
            .gets(redirect(303, OUT))
            .at_rest(Session::Ended)
            .control(Control::WithoutUnknown, plain())
            .assert_kept(&RULE);
    }

    #[test]
    fn an_error_breaks_it_only_where_the_request_works_without() {
        plus("foo")
            .gets(error())
            .control(Control::WithoutUnknown, plain())
            .assert_violated(&RULE);
        plus("foo")
            .gets(error())
            .control(Control::WithoutUnknown, plain().gets(error()))
            .assert_undecided(&RULE);
        plus("foo").assert_wants(&RULE, Control::WithoutUnknown);
    }

    #[test]
    fn what_is_short_makes_no_request_too_long_and_repeats_and_strays_are_others_business() {
        let (name, value) = ("n".repeat(100), "v".repeat(100));
        Case::new()
            .get(&[OWN, TARGET, (&name, &value)])
            .assert_wants(&RULE, Control::WithoutUnknown);
        let repeated = Case::new().get(&[OWN, OWN, TARGET, ("foo", "1")]);
        let mut mixed = plus("foo");
        mixed.record.attempts[0].chain[0].request.body = b"state=1".to_vec();
        let mut by_put = plus("foo");
        by_put.record.attempts[0].chain[0].request.method = "PUT".to_owned();
        for case in [repeated, mixed, by_put] {
            case.gets(error()).assert_not_mine(&RULE);
        }
    }

    #[test]
    fn known_names_in_any_dress_are_not_its_business() {
        plain().assert_not_mine(&RULE);
        for name in ["STATE", "state[]", "Post_Logout_Redirect_Uri"] {
            plus(name).gets(error()).assert_not_mine(&RULE);
        }
        Case::new()
            .get(&[OWN, TARGET, ("foo", &"x".repeat(600))])
            .gets(error())
            .assert_not_mine(&RULE);
    }
}

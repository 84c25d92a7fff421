//! No two `Set-Cookie` fields of one answer have the same name.
//!
//! The draft says MUST NOT; RFC 6265, which is in force, says SHOULD NOT, and that is what it counts as.
//!
//! # Why it matters
//! An answer that sets the session cookie and deletes it, too, leaves it to the order of the fields whether
//! the person is signed off (G-05).
//!
//! # What does not count
//! The same name in two answers of a visit.
//!
//! # How to fix
//! Decide once per answer what becomes of a cookie, and write that.

use super::reading::fields;
use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::SignOff;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CK-4.1.1-03",
    name: "cookie-names-once",
    level: Level::ShouldNot,
    source: section("4.1.1"),
    title: "no two Set-Cookie of one answer have the same name",
    file: include_str!("cookie_names_once.rs"),
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let set = fields(s);
    only_if(!set.is_empty(), "no cookie was set")?;
    let mut seen: Vec<(u32, &str)> = Vec::new();
    let mut twice = Seen::No("each name once in an answer".to_owned());
    for field in &set {
        let place = (field.answer, field.name());
        if seen.contains(&place) {
            twice = Seen::Yes(format!("{} twice in one answer", field.name()));
        }
        seen.push(place);
    }
    s.must_not(
        twice,
        s.shown(&Seen::Yes(format!("{} fields", set.len()))),
        "each name at most once in an answer",
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
    fn different_names_and_different_answers_keep_it() {
        answered(&["a=1", "b=1"]).assert_kept(&RULE);
        let signed_in = with_header(redirect(302, OUT), "Set-Cookie", "a=1");
        Case::new()
            .signed_in_by(signed_in)
            .get(&[OWN, TARGET])
            .gets(with_header(
                redirect(303, OUT),
                "Set-Cookie",
                "a=; Max-Age=0",
            ))
            .assert_kept(&RULE);
    }

    #[test]
    fn one_name_twice_in_an_answer_breaks_it() {
        answered(&["a=1", "a=; Max-Age=0"]).assert_violated(&RULE);
    }

    #[test]
    fn no_cookie_is_not_its_business() {
        answered(&[]).assert_not_mine(&RULE);
    }
}

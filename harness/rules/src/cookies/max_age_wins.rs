//! `Max-Age` counts before `Expires`: a deletion by a past date carries no `Max-Age` that says otherwise.
//!
//! # Why it matters
//! Frameworks that keep the lifetime of a cookie when its date is set to the past write a deletion that
//! deletes nothing (G-01).
//!
//! # What does not count
//! Cookies with one of the two attributes only.
//!
//! # How to fix
//! Delete with `Max-Age=0`, and leave the lifetime of the cookie away.

use super::reading::fields_of_visit;
use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::SignOff;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CK-4.1.2.2-01",
    name: "max-age-wins",
    level: Level::Indicative,
    source: section("4.1.2.2"),
    title: "Max-Age counts before Expires",
    file: include_str!("max_age_wins.rs"),
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let now = s.attempt().at;
    let past: Vec<_> = fields_of_visit(s)
        .iter()
        .filter_map(super::reading::Field::read)
        .filter(|cookie| cookie.expires.is_some_and(|at| at <= now))
        .collect();
    only_if(
        !past.is_empty(),
        "no cookie was set with a date in the past",
    )?;
    let void = past
        .iter()
        .find(|cookie| cookie.max_age.is_some_and(|seconds| seconds > 0));
    let void = void.map_or_else(
        || Seen::No("no Max-Age says otherwise".to_owned()),
        |cookie| {
            let (name, age) = (&cookie.name, cookie.max_age.unwrap_or(0));
            Seen::Yes(format!("{name} with a past Expires and Max-Age={age}"))
        },
    );
    s.must_not(
        void,
        s.shown(&Seen::Yes("a date in the past".to_owned())),
        "Max-Age=0 or none beside a past Expires",
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

    const PAST: &str = "Expires=Thu, 01 Jan 1970 00:00:00 GMT";

    #[test]
    fn a_past_date_alone_or_with_zero_keeps_it() {
        answered(&[&format!("s=; {PAST}")]).assert_kept(&RULE);
        answered(&[&format!("s=; Max-Age=0; {PAST}")]).assert_kept(&RULE);
    }

    #[test]
    fn a_lifetime_beside_a_past_date_breaks_it() {
        answered(&[&format!("s=; Max-Age=3600; {PAST}")]).assert_violated(&RULE);
    }

    #[test]
    fn no_past_date_is_not_its_business() {
        answered(&["s=1; Max-Age=3600"]).assert_not_mine(&RULE);
        answered(&["s=; Max-Age=0"]).assert_not_mine(&RULE);
    }
}

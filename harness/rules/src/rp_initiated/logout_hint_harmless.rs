//! A `logout_hint` may go with the request, and what it is used for is the OP's business. One that names
//! the very person of the hint does not make the sign-off fail.
//!
//! # Why it matters
//! Optional parameters that an OP does not expect have crashed endpoints (N-04). No report about
//! `logout_hint` itself is known, so a difference here is a note and no more.
//!
//! # What does not count
//! A `logout_hint` that names somebody else or nobody: its use is left to the OP, and refusing is a use. One
//! beside `ui_locales`, which may be what fails.
//!
//! # How to fix
//! Ignore the parameter, or use it to choose the account that is asked about.

use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Stop, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::Given;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "RPIL-2-03",
    name: "logout-hint-harmless",
    level: Level::May,
    source: section("2"),
    title: "a logout_hint that fits does not make the sign-off fail",
    file: include_str!("logout_hint_harmless.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let Given::Once(named) = s.params().given("logout_hint") else {
        return Err(Stop::NotMine("no single logout_hint was sent".to_owned()));
    };
    let fits = s.genuine_hint().is_some_and(|hint| {
        hint.user.as_bytes() == named
            || hint.sub.as_deref().map(str::as_bytes) == Some(&named)
            || hint.sid.as_deref().map(str::as_bytes) == Some(&named)
    });
    only_if(
        fits && s.is_orderly() && s.params().given("ui_locales") == Given::Absent,
        "the logout_hint names somebody else, or the request is not orderly without it",
    )?;
    s.carried_through()?;
    s.must(
        s.worked_and_honoured(),
        s.did(Control::Orderly, SignOff::worked_and_honoured, "work"),
        "the sign-off works as it does without logout_hint",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, OUT, OWN, Session, TARGET, asks, error, redirect};

    fn naming(whom: &str) -> Case {
        Case::new().get(&[OWN, TARGET, ("logout_hint", whom)])
    }

    #[test]
    fn the_same_result_as_without_keeps_it() {
        naming("alice")
            .gets(redirect(303, OUT))
            .at_rest(Session::Ended)
            .orderly_worked()
            .assert_kept(&RULE);
    }

    #[test]
    fn an_error_breaks_it_only_where_the_twin_works() {
        naming("alice")
            .gets(error())
            .orderly_worked()
            .assert_violated(&RULE);
        naming("alice")
            .gets(error())
            .orderly_refused()
            .assert_undecided(&RULE);
    }

    #[test]
    fn another_name_no_name_and_an_unanswered_question_are_not_its_business() {
        naming("bob").gets(error()).assert_not_mine(&RULE);
        Case::new().get(&[OWN, TARGET]).assert_not_mine(&RULE);
        naming("alice").gets(asks()).assert_not_mine(&RULE);
        Case::new()
            .get(&[OWN, TARGET, ("logout_hint", "alice"), ("ui_locales", "zz")])
            .gets(error())
            .assert_not_mine(&RULE);
    }
}

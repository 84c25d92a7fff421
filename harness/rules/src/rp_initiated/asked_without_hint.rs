//! When the request has no `id_token_hint`, the OP asks the End-User whether to log out.
//!
//! # Why it matters
//! Without the question any page on the web can sign a person off by a link or an image (H-01, H-02).
//!
//! # What does not count
//! How the question looks, and whether an OP refuses the request with a page: nothing ends before a yes,
//! and that is what the sentence protects.
//!
//! # How to fix
//! Show a page that asks, keep the session until the person says yes, and bind the yes to the session.

use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::Given;
use signoff_oidc::spec::{Document, Level, Reference};

pub(super) const RULE: Rule = Rule {
    id: "RPIL-2-27",
    name: "asked-without-hint",
    level: Level::Must,
    source: Reference {
        document: Document::RpInitiatedLogout,
        section: "2",
    },
    title: "without a hint the End-User is asked",
    file: include_str!("asked_without_hint.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        s.hint() == Given::Absent && !s.is_mixed(),
        "a hint was sent, or a parameter out of its place",
    )?;
    only_if(
        matches!(s.method(), "GET" | "POST"),
        "the method is neither GET nor POST",
    )?;
    s.signed_in_before()?;
    s.must_not(
        s.ended_before_answer(),
        s.did(Control::Orderly, SignOff::worked, "end its session"),
        "the session alive until the End-User says yes",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::record::Answered;
    use crate::testing::{
        Case, OUT, OWN, Session, TARGET, asks, blank, error, redirect, signed_off,
    };

    #[test]
    fn a_session_that_lives_until_the_yes_keeps_it() {
        Case::new()
            .get(&[TARGET])
            .gets(asks())
            .says(Answered::Yes, signed_off(), Session::Ended)
            .orderly_worked()
            .assert_kept(&RULE);
        let refused = || Case::new().get(&[]).gets(error());
        refused().orderly_worked().assert_kept(&RULE);
        refused().orderly_refused().assert_undecided(&RULE);
        Case::new()
            .get(&[])
            .gets(blank())
            .orderly_ignored()
            .assert_undecided(&RULE);
    }

    #[test]
    fn an_end_without_a_question_breaks_it() {
        for ended in [Session::Ended, Session::CookieDropped] {
            Case::new()
                .post(&[TARGET])
                .gets(redirect(303, OUT))
                .at_rest(ended)
                .assert_violated(&RULE);
        }
    }

    #[test]
    fn a_session_that_nobody_could_see_tells_nothing() {
        Case::new()
            .get(&[])
            .before(Session::Unclear)
            .assert_undecided(&RULE);
    }

    #[test]
    fn a_hint_even_an_empty_one_makes_it_not_its_business() {
        Case::new().get(&[OWN]).assert_not_mine(&RULE);
        Case::new()
            .get(&[("id_token_hint", "")])
            .assert_not_mine(&RULE);
        Case::new()
            .get(&[])
            .before(Session::Ended)
            .assert_not_mine(&RULE);
    }
}

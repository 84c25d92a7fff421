//! A yes without the hidden values of the page that asked ends no session.
//!
//! # Why it matters
//! A flag in the request served as the confirmation (H-04), or the form carried nothing at all (H-06).
//! Whatever can make the browser send such a request has then answered for the person.
//!
//! # What does not count
//! A page without hidden values: there is nothing to leave out, so the forged yes is not sent. The level is
//! a SHOULD, because RP-Initiated Logout says only that a confirmation is wanted, and because a `SameSite`
//! cookie may bar foreign pages too, which a request from here does not put to the test. The forged yes says by
//! `Origin` that it comes from a stranger's page.
//!
//! # How to fix
//! Put an unguessable value that belongs to the session into the form, and compare it.

use super::OURS;
use crate::record::Answered;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if, only_if_seen};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CSS-01",
    name: "confirmation-bound-to-session",
    level: Level::Should,
    source: OURS,
    title: "a yes without the page's hidden values ends nothing",
    file: include_str!("confirmation_bound_to_session.rs"),
    needs: &[Control::WholeYes],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        s.answered() == Some(Answered::Forged),
        "no yes was sent without the hidden values",
    )?;
    s.signed_in_before()?;
    only_if_seen(
        &s.ended_before_answer().inverted(),
        "the session had ended before any answer",
    )?;
    s.must_not(
        s.ended_at_last(),
        s.did(
            Control::WholeYes,
            |twin| twin.asked().and(twin.worked()),
            "ask and take the whole yes",
        ),
        "the session alive",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::record::Answered;
    use crate::sign_off::Control;
    use crate::testing::{Case, OUT, OWN, Session, TARGET, asks, error, redirect, signed_off};

    fn asked() -> Case {
        Case::new().get(&[OWN, TARGET]).gets(asks())
    }

    fn forged(after: Session) -> Case {
        asked().says(Answered::Forged, error(), after)
    }

    #[test]
    fn a_session_that_lives_keeps_it_where_the_whole_yes_works() {
        let whole = asked().says(Answered::Yes, redirect(303, OUT), Session::Ended);
        forged(Session::Lives)
            .control(Control::WholeYes, whole)
            .assert_kept(&RULE);
        let unasked = Case::new()
            .get(&[OWN, TARGET])
            .gets(redirect(303, OUT))
            .at_rest(Session::Ended);
        forged(Session::Lives)
            .control(Control::WholeYes, unasked)
            .assert_undecided(&RULE);
    }

    #[test]
    fn the_end_of_the_session_breaks_it() {
        forged(Session::Ended).assert_violated(&RULE);
        forged(Session::CookieDropped).assert_violated(&RULE);
    }

    #[test]
    fn whole_answers_and_ended_sessions_are_not_its_business() {
        asked()
            .says(Answered::Yes, signed_off(), Session::Ended)
            .assert_not_mine(&RULE);
        asked().assert_not_mine(&RULE);
        forged(Session::Ended)
            .at_rest(Session::Ended)
            .assert_not_mine(&RULE);
    }
}

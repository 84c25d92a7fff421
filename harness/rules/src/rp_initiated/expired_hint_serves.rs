//! The OP accepts a hint whose `exp` has passed, when the session it names is current or was recently.
//!
//! # Why it matters
//! Sessions outlive ID tokens. Refusing the hint leaves people signed in who asked to be signed off; half a
//! dozen products had to change this (B-15 to B-22).
//!
//! # What does not count
//! A hint of a session that is not the current one of this browser: what is "recent" is left open. That the
//! OP asks first.
//!
//! # How to fix
//! Verify the hint as usual, and leave `exp` out of it.

use super::section;
use crate::record::CookiesSent;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "RPIL-2-23",
    name: "expired-hint-serves",
    level: Level::Should,
    source: section("2"),
    title: "an expired hint of the live session is accepted",
    file: include_str!("expired_hint_serves.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        s.hint_expired()
            && s.hint_fits_session()
            && s.is_well_formed()
            && s.attempt().cookies == CookiesSent::Current,
        "no expired hint of this browser's session in an otherwise orderly request",
    )?;
    s.signed_in_before()?;
    s.carried_through()?;
    if s.target().once().is_some() {
        return s.must(
            s.worked_and_honoured(),
            s.did(Control::Orderly, SignOff::worked_and_honoured, "work"),
            "the session ended and the target honoured, as with a fresh hint",
        );
    }
    // Without a target only a silenced question shows that the hint was accepted, and only an error that
    // it was not: asking is always allowed.
    let accepted = match (s.failed(), s.ended_before_answer()) {
        (Seen::Yes(error), _) => Seen::No(error),
        (_, ended @ Seen::Yes(_)) => ended,
        (_, Seen::No(what) | Seen::Unknown(what)) => Seen::Unknown(format!(
            "nothing shows whether the hint was accepted: {what}"
        )),
    };
    s.must(
        accepted,
        s.did(Control::Orderly, SignOff::worked, "end its session"),
        "no error, as with a fresh hint",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::record::Answered;
    use crate::testing::{
        Case, LIFETIME, OUT, OWN, Session, TARGET, asks, error, redirect, signed_off,
    };

    fn expired() -> Case {
        Case::new().later(LIFETIME + 60).get(&[OWN, TARGET])
    }

    #[test]
    fn the_same_result_as_with_a_fresh_hint_keeps_it() {
        expired()
            .gets(redirect(303, OUT))
            .at_rest(Session::Ended)
            .orderly_worked()
            .assert_kept(&RULE);
        expired()
            .gets(asks())
            .says(Answered::Yes, redirect(303, OUT), Session::Ended)
            .orderly_worked()
            .assert_kept(&RULE);
    }

    #[test]
    fn a_refusal_or_a_lost_target_breaks_it() {
        expired()
            .gets(error())
            .orderly_worked()
            .assert_violated(&RULE);
        expired()
            .gets(asks())
            .says(Answered::Yes, signed_off(), Session::Ended)
            .orderly_worked()
            .assert_violated(&RULE);
        expired()
            .gets(error())
            .orderly_refused()
            .assert_undecided(&RULE);
    }

    #[test]
    fn without_a_target_a_question_tells_nothing() {
        Case::new()
            .later(LIFETIME + 60)
            .get(&[OWN])
            .gets(asks())
            .says(Answered::Yes, signed_off(), Session::Ended)
            .orderly_worked()
            .assert_undecided(&RULE);
    }

    #[test]
    fn fresh_hints_and_ended_sessions_are_not_its_business() {
        Case::new().get(&[OWN, TARGET]).assert_not_mine(&RULE);
        expired().before(Session::Ended).assert_not_mine(&RULE);
        expired().gets(asks()).assert_not_mine(&RULE);
        Case::new()
            .sign_in("alice", "a", 0, 1)
            .later(LIFETIME + 60)
            .get(&[OWN, TARGET])
            .assert_not_mine(&RULE);
    }
}

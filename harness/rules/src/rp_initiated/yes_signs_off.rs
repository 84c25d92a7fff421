//! When the End-User says yes, the OP logs the End-User out.
//!
//! # Why it matters
//! Pages said "logged out" while the session lived on (D-05, D-08), or took the cookie away and let whoever
//! had kept a copy use it again (D-04).
//!
//! # What does not count
//! Whether cookies are cleared: the session is looked at with `prompt=none`, both with the browser's cookies
//! and with those from before. An answer that met an error counts only where the orderly twin shows that
//! the harness can give it. An answer that was refused because a newer question stood open in the same browser: a session
//! may hold to one question alone. A sign-off that went without a question: RPIL-3-01 and CSS-06 speak of that.
//!
//! # How to fix
//! End the session in the server's own memory when the answer is yes, before anything else is shown.

use super::section;
use crate::record::{Answered, AtOnce};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Stop, only_if, only_if_seen};
use crate::sign_off::{Control, SignOff};
use crate::visit::{End, PageKind};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "RPIL-2-29",
    name: "yes-signs-off",
    level: Level::Must,
    source: section("2"),
    title: "after a yes the session is over",
    file: include_str!("yes_signs_off.rs"),
    at_once: &[AtOnce::Answer],
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        s.answered() == Some(Answered::Yes),
        "nobody was asked and said yes",
    )?;
    only_if_seen(&s.asked(), "nobody was asked")?;
    s.signed_in_before()?;
    let over = s.really_over();
    let was_taken = s.ended_at_last().is_yes()
        || matches!(
            s.ends().last(),
            Some(
                End::Left(_)
                    | End::Page {
                        kind: PageKind::SignedOff | PageKind::SignIn,
                        ..
                    }
            )
        );
    if !was_taken && newer_question(s) {
        return Err(Stop::Undecided(
            "the answer was not taken while a newer question stood open in the same browser, and nothing says that the older one stays good"
                .to_owned(),
        ));
    }
    let proof = if was_taken {
        s.shown(&s.asked())
    } else {
        s.did(
            Control::Orderly,
            |twin| twin.asked().and(twin.worked()),
            "ask and take the yes",
        )
    };
    s.must(
        over,
        proof,
        "the session over, for the browser and for cookies kept from before",
    )
}

/// True when the same browser made another request between this one and its answer.
fn newer_question(s: &SignOff<'_>) -> bool {
    let attempt = s.attempt();
    let answered = s.answers().next().and_then(|answer| answer.chain.first());
    answered.is_some_and(|answer| {
        s.record.attempts.iter().any(|other| {
            other.browser == attempt.browser && other.seq > attempt.seq && other.seq < answer.seq
        })
    })
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

    fn yes_works() -> Case {
        asked().says(Answered::Yes, redirect(303, OUT), Session::Ended)
    }

    #[test]
    fn a_session_that_is_over_keeps_it() {
        yes_works().assert_kept(&RULE);
    }

    #[test]
    fn a_refused_answer_to_an_older_question_is_open() {
        let mut case = asked().get(&[OWN, TARGET]).gets(asks());
        case.record.attempts.swap(0, 1);
        case.says(Answered::Yes, error(), Session::Lives)
            .orderly_worked()
            .assert_undecided(&RULE);
    }

    #[test]
    fn a_session_that_lives_on_breaks_it() {
        for after in [Session::Lives, Session::CookieDropped] {
            asked()
                .says(Answered::Yes, signed_off(), after)
                .assert_violated(&RULE);
            asked()
                .says(Answered::Yes, redirect(303, OUT), after)
                .assert_violated(&RULE);
        }
    }

    #[test]
    fn an_answer_that_meets_an_error_counts_only_beside_one_that_does_not() {
        let refused = || asked().says(Answered::Yes, error(), Session::Lives);
        refused()
            .control(Control::Orderly, yes_works())
            .assert_violated(&RULE);
        refused()
            .control(Control::Orderly, refused())
            .assert_undecided(&RULE);
    }

    #[test]
    fn of_two_yeses_at_the_same_moment_one_comes_first_and_signs_off() {
        yes_works().and_at_once(error()).assert_kept(&RULE);
        asked()
            .says(Answered::Yes, error(), Session::Ended)
            .and_at_once(redirect(303, OUT))
            .assert_kept(&RULE);
        asked()
            .says(Answered::Yes, redirect(303, OUT), Session::CookieDropped)
            .and_at_once(error())
            .assert_violated(&RULE);
    }

    #[test]
    fn no_question_no_yes_and_no_session_are_not_its_business() {
        Case::new()
            .get(&[OWN, TARGET])
            .gets(redirect(303, OUT))
            .assert_not_mine(&RULE);
        asked()
            .says(Answered::No, signed_off(), Session::Lives)
            .assert_not_mine(&RULE);
        asked().assert_not_mine(&RULE);
        yes_works().before(Session::Ended).assert_not_mine(&RULE);
    }
}

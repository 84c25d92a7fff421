//! When the hint does not belong to the current session with the relying party, or to the user who is
//! signed in, the OP asks the End-User whether to log out.
//!
//! # Why it matters
//! An ID token of one's own account is easy to get. Where any genuine hint ends the session at hand without
//! a question (C-01, C-02), its owner can sign off anybody who follows a link; where the hint alone picks
//! the victim (C-03), not even that is needed.
//!
//! # What does not count
//! Refusing with a page, or doing nothing: no session ends before a yes. A token without `sid` that names
//! the user who is signed in: it may not tell its session apart.
//!
//! # How to fix
//! Compare `sub` and `sid` of the hint with the session that would end, and ask when they differ.

use super::section;
use crate::record::{Life, Probe, Witness};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "RPIL-2-28",
    name: "asked-for-other-session",
    level: Level::Must,
    source: section("2"),
    title: "a hint of another session or user does not go without a question",
    file: include_str!("asked_for_other_session.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        s.genuine_hint().is_some() && !s.hint_fits_session() && !s.is_mixed(),
        "no genuine hint of another session",
    )?;
    only_if(
        matches!(s.method(), "GET" | "POST"),
        "the method is neither GET nor POST",
    )?;
    s.signed_in_before()?;
    let untold = s.hint_fits_user() && s.genuine_hint().is_some_and(|hint| hint.sid.is_none());
    let ended = match s.ended_before_answer().or(elsewhere_ended(s)) {
        Seen::Yes(what) if untold => Seen::Unknown(format!(
            "{what}, but the hint has no sid and names the user who is signed in"
        )),
        seen => seen,
    };
    s.must_not(
        ended,
        s.did(Control::Orderly, SignOff::worked, "end its session"),
        "every session alive until the End-User says yes",
    )
}

/// Whether a session in another browser had ended before any answer; no when there was none.
fn elsewhere_ended(s: &SignOff<'_>) -> Seen {
    let attempt = s.attempt();
    let others = attempt.before.iter().filter(|probe| {
        matches!(probe.witness, Witness::Jar(browser) if browser != attempt.browser)
            && matches!(probe.life, Life::Alive(_))
    });
    others
        .map(|other| ended_now(&attempt.at_rest, other.witness))
        .fold(Seen::No("no other session ended".to_owned()), Seen::or)
}

fn ended_now(probes: &[Probe], witness: Witness) -> Seen {
    match probes.iter().find(|probe| probe.witness == witness) {
        Some(Probe {
            life: Life::Ended, ..
        }) => Seen::Yes("a session in another browser had ended before any answer".to_owned()),
        Some(Probe {
            life: Life::Alive(_),
            ..
        }) => Seen::No("the session in the other browser lives".to_owned()),
        Some(Probe {
            life: Life::Unknown(why),
            ..
        }) => Seen::Unknown(why.clone()),
        None => Seen::Unknown("nobody looked at the other browser's session".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::record::{Answered, Life, Witness};
    use crate::testing::{
        Case, OUT, OWN, Session, TARGET, asks, blank, error, redirect, signed_off,
    };

    /// Bob is signed in, and Alice's hint is sent.
    fn of_another_user() -> Case {
        Case::new().sign_in("bob", "a", 0, 1).get(&[OWN, TARGET])
    }

    /// Alice is signed in anew, and the hint of her earlier session is sent.
    fn of_an_earlier_session() -> Case {
        Case::new().sign_in("alice", "a", 0, 1).get(&[OWN, TARGET])
    }

    #[test]
    fn asking_refusing_and_doing_nothing_keep_it() {
        for answer in [asks(), error(), blank()] {
            of_another_user()
                .gets(answer)
                .orderly_worked()
                .assert_kept(&RULE);
        }
        of_another_user()
            .gets(asks())
            .says(Answered::Yes, signed_off(), Session::Ended)
            .orderly_worked()
            .assert_kept(&RULE);
    }

    #[test]
    fn a_dead_target_proves_nothing() {
        of_another_user()
            .gets(error())
            .orderly_refused()
            .assert_undecided(&RULE);
        of_another_user().orderly_ignored().assert_undecided(&RULE);
    }

    #[test]
    fn an_end_before_a_yes_breaks_it() {
        for case in [of_another_user(), of_an_earlier_session()] {
            case.gets(redirect(303, OUT))
                .at_rest(Session::Ended)
                .assert_violated(&RULE);
        }
        of_another_user()
            .gets(asks())
            .other_browser(Session::Ended)
            .assert_violated(&RULE);
    }

    #[test]
    fn a_session_elsewhere_that_was_over_before_did_not_end() {
        let mut over = of_another_user()
            .gets(asks())
            .other_browser(Session::Ended)
            .orderly_worked();
        for probe in &mut over.record.attempts[0].before {
            if probe.witness == Witness::Jar(1) {
                probe.life = Life::Ended;
            }
        }
        over.assert_kept(&RULE);
    }

    #[test]
    fn a_hint_that_cannot_tell_its_session_is_not_held_against_it() {
        let mut case = of_an_earlier_session()
            .gets(redirect(303, OUT))
            .at_rest(Session::Ended);
        case.record.ledger.sign_ins[0].sid = None;
        case.assert_undecided(&RULE);
    }

    #[test]
    fn the_hint_of_this_session_and_forged_ones_are_not_its_business() {
        Case::new().get(&[OWN, TARGET]).assert_not_mine(&RULE);
        Case::new()
            .sign_in("alice", "b", 0, 0)
            .get(&[OWN, TARGET])
            .assert_not_mine(&RULE);
        Case::new()
            .get(&[("id_token_hint", "forged")])
            .assert_not_mine(&RULE);
        of_another_user()
            .before(Session::Ended)
            .assert_not_mine(&RULE);
    }
}

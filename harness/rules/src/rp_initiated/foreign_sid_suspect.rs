//! A hint whose `sid` is that of neither a current nor a recent session makes the request suspect: the OP
//! does not carry it out as if nothing were the matter.
//!
//! # Why it matters
//! Old ID tokens lie around in logs and browser histories. An OP that takes any of them for the session at
//! hand (C-01) lets whoever finds one sign the person off.
//!
//! # What does not count
//! Asking, refusing or declining: all of them are suspicion. What is "recent" is left open, so the end of a
//! session counts only when it lies more than a day back; RPIL-2-28 judges the missing question anyway.
//! Tokens without `sid`, and an OP that uses one `sid` for both sessions.
//!
//! # How to fix
//! Compare `sid` with the session that the request would end, and ask when they differ.

use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, Stop, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "RPIL-2-24",
    name: "foreign-sid-suspect",
    level: Level::Should,
    source: section("2"),
    title: "a hint of a bygone session is suspect",
    file: include_str!("foreign_sid_suspect.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

/// From this age on a session is not recent by any reading, in seconds.
const BYGONE: i64 = 24 * 60 * 60;

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(!s.is_mixed(), "a parameter stands out of its place")?;
    let (Some(hint), Some(now)) = (s.genuine_hint(), s.last_sign_in()) else {
        return Err(Stop::NotMine("no genuine hint was sent".to_owned()));
    };
    only_if(
        hint.sid.is_some() && hint.sid != now.sid,
        "the hint has no sid, or that of the current session",
    )?;
    only_if(
        hint.browser == now.browser && hint.seq < now.seq,
        "the hint's session may be current in another browser",
    )?;
    s.signed_in_before()?;
    // A session that was signed off was there until then; of another one nothing is known but its beginning.
    let signed_off = s.record.attempts[..s.index]
        .iter()
        .filter(|earlier| earlier.browser == hint.browser && earlier.seq > hint.seq)
        .map(|earlier| earlier.at)
        .max();
    let since = signed_off.unwrap_or(hint.at);
    let age = s.attempt().at.as_second() - since.as_second();
    let carried_out = match s.ended_before_answer() {
        Seen::Yes(what) if age < BYGONE => Seen::Unknown(format!(
            "{what}, but the hint's session was there within a day and may count as recent"
        )),
        seen => seen,
    };
    s.must_not(
        carried_out,
        s.did(Control::Orderly, SignOff::worked, "end its session"),
        "a question, a refusal, or nothing",
    )
}

#[cfg(test)]
mod tests {
    use super::{BYGONE, RULE};
    use crate::testing::{Case, OUT, OWN, Session, TARGET, asks, error, redirect};

    fn after(seconds: i64) -> Case {
        Case::new()
            .later(seconds)
            .sign_in("alice", "a", 0, 1)
            .get(&[OWN, TARGET])
    }

    #[test]
    fn asking_and_refusing_keep_it() {
        after(60).gets(asks()).orderly_worked().assert_kept(&RULE);
        after(60).gets(error()).orderly_worked().assert_kept(&RULE);
        after(60)
            .gets(error())
            .orderly_refused()
            .assert_undecided(&RULE);
    }

    #[test]
    fn ending_the_session_for_a_token_of_another_day_breaks_it() {
        after(BYGONE)
            .gets(redirect(303, OUT))
            .at_rest(Session::Ended)
            .assert_violated(&RULE);
        after(60)
            .gets(redirect(303, OUT))
            .at_rest(Session::Ended)
            .assert_undecided(&RULE);
    }

    #[test]
    fn a_session_that_was_signed_off_a_moment_ago_is_recent_however_old_its_token_is() {
        let signed_off = Case::new()
            .later(BYGONE)
            .get(&[OWN, TARGET])
            .gets(redirect(303, OUT))
            .at_rest(Session::Ended);
        let again = signed_off.sign_in("alice", "a", 0, 1);
        again
            .get(&[OWN, TARGET])
            .gets(redirect(303, OUT))
            .at_rest(Session::Ended)
            .assert_undecided(&RULE);
    }

    #[test]
    fn a_sign_off_in_another_browser_makes_no_session_recent() {
        let mut elsewhere = Case::new()
            .later(BYGONE)
            .get(&[OWN, TARGET])
            .sign_in("alice", "a", 0, 1)
            .get(&[OWN, TARGET])
            .gets(redirect(303, OUT))
            .at_rest(Session::Ended);
        elsewhere.record.attempts[0].browser = 1;
        elsewhere.assert_violated(&RULE);
    }

    #[test]
    fn a_hint_without_sid_and_one_of_another_browser_name_no_bygone_session() {
        let mut without_sid = after(BYGONE).at_rest(Session::Ended);
        without_sid.record.ledger.sign_ins[0].sid = None;
        without_sid.assert_not_mine(&RULE);
        Case::new()
            .sign_in("alice", "a", 1, 1)
            .sign_in("alice", "a", 0, 2)
            .get(&[("id_token_hint", "id-token-1")])
            .at_rest(Session::Ended)
            .assert_not_mine(&RULE);
    }

    #[test]
    fn the_current_session_and_other_browsers_are_not_its_business() {
        Case::new().get(&[OWN, TARGET]).assert_not_mine(&RULE);
        Case::new()
            .sign_in("alice", "a", 1, 1)
            .get(&[("id_token_hint", "id-token-1")])
            .assert_not_mine(&RULE);
    }
}

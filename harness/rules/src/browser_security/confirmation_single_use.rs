//! A yes counts once: sent again after the next sign-in, it does not end the new session.
//!
//! # Why it matters
//! A used confirmation ended the session that had been opened since (C-11): the back button, or anybody who
//! kept the request, signs the person off without a question.
//!
//! # What does not count
//! How the second yes is answered. A yes that is sent again while nobody has signed in anew. A question
//! that was asked with other cookies than those of the browser's own session. The level is a
//! SHOULD, because RP-Initiated Logout wants a confirmation and says nothing of its use.
//!
//! # How to fix
//! Forget the value when it has been used, and bind it to the session that it was made for.

use super::OURS;
use crate::record::{Answer, Answered, CookiesSent, Life, Witness};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, Stop, only_if};
use crate::sign_off::SignOff;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CSS-02",
    name: "confirmation-single-use",
    level: Level::Should,
    source: OURS,
    title: "a used yes does not end the next session",
    file: include_str!("confirmation_single_use.rs"),
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let answers = &s.attempt().answers;
    let pair = (
        answers
            .iter()
            .find(|answer| answer.answered == Answered::Yes),
        answers
            .iter()
            .find(|answer| answer.answered == Answered::Replayed),
    );
    let (Some(yes), Some(again)) = pair else {
        return Err(Stop::NotMine("no yes was sent again".to_owned()));
    };
    only_if(
        s.attempt().cookies == CookiesSent::Current,
        "the question was asked with other cookies than those of the browser's own session",
    )?;
    only_if(
        signed_in_between(s, yes, again),
        "nobody signed in between the two",
    )?;
    let jar = Witness::Jar(s.attempt().browser);
    let life = again.after.iter().find(|probe| probe.witness == jar);
    let ended = match life.map(|probe| &probe.life) {
        Some(Life::Ended) => Seen::Yes("the new session ended".to_owned()),
        Some(Life::Alive(_)) => Seen::No("the new session lives".to_owned()),
        Some(Life::Unknown(why)) => Seen::Unknown(why.clone()),
        None => Seen::Unknown("nobody looked at the new session".to_owned()),
    };
    // The first yes did end a session: so the answer is one that this IdP takes.
    s.must_not(ended, s.shown(&s.ended_at_last()), "the new session alive")
}

fn signed_in_between(s: &SignOff<'_>, yes: &Answer, again: &Answer) -> bool {
    let seq = |answer: &Answer| answer.chain.first().map(|exchange| exchange.seq);
    let (Some(from), Some(to)) = (seq(yes), seq(again)) else {
        return false;
    };
    let mut sign_ins = s.record.ledger.sign_ins.iter();
    sign_ins.any(|held| held.browser == s.attempt().browser && from < held.seq && held.seq < to)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::record::{Answered, CookiesSent};
    use crate::testing::{Case, OUT, OWN, Session, TARGET, asks, error, redirect};

    fn used() -> Case {
        Case::new().get(&[OWN, TARGET]).gets(asks()).says(
            Answered::Yes,
            redirect(303, OUT),
            Session::Ended,
        )
    }

    fn again(after: Session) -> Case {
        used()
            .sign_in("alice", "a", 0, 1)
            .says(Answered::Replayed, error(), after)
    }

    #[test]
    fn a_new_session_that_lives_keeps_it() {
        again(Session::Lives).assert_kept(&RULE);
    }

    #[test]
    fn the_end_of_the_new_session_breaks_it() {
        again(Session::Ended).assert_violated(&RULE);
        again(Session::CookieDropped).assert_violated(&RULE);
        again(Session::Unclear).assert_undecided(&RULE);
    }

    #[test]
    fn a_question_of_cookies_kept_from_before_is_not_its_business() {
        again(Session::Ended)
            .with_cookies(CookiesSent::Saved)
            .assert_not_mine(&RULE);
    }

    #[test]
    fn a_first_yes_that_ended_nothing_proves_nothing() {
        Case::new()
            .get(&[OWN, TARGET])
            .gets(asks())
            .says(Answered::Yes, error(), Session::Lives)
            .sign_in("alice", "a", 0, 1)
            .says(Answered::Replayed, error(), Session::Lives)
            .assert_undecided(&RULE);
    }

    #[test]
    fn no_second_yes_or_no_new_session_is_not_its_business() {
        used().assert_not_mine(&RULE);
        used()
            .says(Answered::Replayed, error(), Session::Ended)
            .assert_not_mine(&RULE);
    }
}

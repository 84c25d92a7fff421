//! A sign-off in one browser leaves the session of another person in another browser alone.
//!
//! # Why it matters
//! A hint that leaked ended the sessions of its user wherever they were (C-03): a remote sign-off of somebody who
//! did nothing.
//!
//! # What does not count
//! Another session of the same person: products that sign a person off everywhere say so. What the person in this
//! browser answers: nobody can agree to the end of somebody else's session. A person's own hint in a browser where nobody
//! is signed in is open: it may be the same person.
//!
//! # How to fix
//! End the session that the cookie of the request identifies, and no other.

use super::OURS;
use crate::record::{AtOnce, Life, Witness};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CSS-18",
    name: "other-person-stays",
    level: Level::Must,
    source: OURS,
    title: "nobody else's session ends",
    file: include_str!("other_person_stays.rs"),
    at_once: &[AtOnce::Request, AtOnce::Answer],
    unreadable: true,
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let attempt = s.attempt();
    let alive = attempt.before.iter().any(|probe| {
        matches!(probe.witness, Witness::Jar(browser) if browser != attempt.browser)
            && matches!(probe.life, Life::Alive(_))
    });
    only_if(alive, "nobody was signed in in another browser")?;
    let sign_ins = s.record.ledger.sign_ins.iter();
    let elsewhere = sign_ins
        .filter(|signed_in| signed_in.browser != attempt.browser && signed_in.seq < attempt.seq)
        .max_by_key(|signed_in| signed_in.seq);
    let here = s.last_sign_in().map(|signed_in| signed_in.user.as_str());
    only_if(
        elsewhere.is_some_and(|signed_in| Some(signed_in.user.as_str()) != here),
        "the other browser is the same person's",
    )?;
    let their_own = s.genuine_hint().is_some_and(|hint| {
        here.is_none() && elsewhere.is_some_and(|signed_in| signed_in.user == hint.user)
    });
    let ended = match s.other_browsers_ended() {
        Seen::Yes(_) if their_own => Seen::Unknown(
            "nobody is signed in here, and the hint is the other session's own: it may be the same person"
                .to_owned(),
        ),
        seen => seen,
    };
    s.must_not(
        ended,
        s.did(Control::Orderly, SignOff::worked, "end its session"),
        "the other person's session alive",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, OUT, OWN, Session, TARGET, redirect};

    fn beside(user: &str, at_rest: Session) -> Case {
        Case::new()
            .sign_in(user, "a", 1, 1)
            .get(&[OWN, TARGET])
            .gets(redirect(303, OUT))
            .other_browser(at_rest)
            .orderly_worked()
    }

    #[test]
    fn a_session_that_lives_on_keeps_it() {
        beside("bob", Session::Lives).assert_kept(&RULE);
    }

    #[test]
    fn the_end_of_somebody_elses_session_breaks_it() {
        beside("bob", Session::Ended).assert_violated(&RULE);
    }

    #[test]
    fn their_own_hint_where_nobody_is_signed_in_accuses_nobody() {
        Case::nobody()
            .sign_in("bob", "a", 1, 1)
            .get(&[("id_token_hint", "id-token-0"), TARGET])
            .gets(redirect(303, OUT))
            .other_browser(Session::Ended)
            .orderly_worked()
            .assert_undecided(&RULE);
    }

    #[test]
    fn the_same_persons_other_session_is_not_its_business() {
        beside("alice", Session::Ended).assert_not_mine(&RULE);
        Case::new().get(&[OWN, TARGET]).assert_not_mine(&RULE);
    }

    #[test]
    fn somebody_who_was_not_seen_signed_in_before_has_no_session_to_lose() {
        let unseen = Case::new().sign_in("bob", "a", 1, 1).get(&[OWN, TARGET]);
        unseen.assert_not_mine(&RULE);
    }

    #[test]
    fn who_is_in_the_other_browser_is_told_by_the_last_sign_in_there_before_the_request() {
        Case::new()
            .sign_in("bob", "a", 1, 1)
            .sign_in("alice", "b", 0, 0)
            .get(&[OWN, TARGET])
            .other_browser(Session::Ended)
            .assert_violated(&RULE);
        beside("alice", Session::Ended)
            .sign_in("bob", "a", 1, 2)
            .assert_not_mine(&RULE);
    }
}

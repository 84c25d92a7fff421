//! A yes is to the request whose page asked: it leads where that request wanted to go, not where another one did
//! whose question is open beside it.
//!
//! # Why it matters
//! A session that remembers one pending sign-off, the newest, gives an answer on an older page to the newer request.
//! Whoever can open a request in the person's browser then chooses where the agreed one leads (C-11).
//!
//! # What does not count
//! A case without a second request in the same browser that asked for another target. A refused answer.
//!
//! # How to fix
//! Bind the hidden value of the page to its own request, and take target and state from there.

use super::OURS;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::{SignOff, leads_to};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CSS-17",
    name: "answer-keeps-its-target",
    level: Level::Must,
    source: OURS,
    title: "a yes leads where its own request asked",
    file: include_str!("answer_keeps_its_target.rs"),
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        s.answered().is_some(),
        "nobody was asked, or nobody answered",
    )?;
    let own = s.target().once().cloned();
    let others: Vec<Vec<u8>> = (0..s.record.attempts.len())
        .filter(|index| *index != s.index)
        .map(|index| SignOff { index, ..*s })
        .filter(|other| other.attempt().browser == s.attempt().browser)
        .filter_map(|other| other.target().once().cloned())
        .filter(|target| own.as_ref() != Some(target))
        .collect();
    only_if(
        !others.is_empty(),
        "no other request of this browser asked for another target",
    )?;
    let astray = s.departures().into_iter().find(|departure| {
        let to = departure.to.as_bytes();
        let leads = |target: &Vec<u8>| leads_to(to, target);
        !own.as_ref().is_some_and(leads) && others.iter().any(leads)
    });
    s.must_not(
        match astray {
            Some(departure) => Seen::Yes(format!(
                "{}, where another request wanted to go",
                departure.describe()
            )),
            None => Seen::No("nobody was sent to another request's target".to_owned()),
        },
        s.shown(&s.worked()),
        "the browser where this request asked, or on a page of the IdP",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::record::Answered;
    use crate::testing::{Case, EVIL, OUT, OWN, Session, TARGET, asks, redirect};

    fn two_questions(led_to: &str) -> Case {
        Case::new()
            .get(&[OWN, ("post_logout_redirect_uri", EVIL)])
            .gets(asks())
            .get(&[OWN, TARGET])
            .gets(asks())
            .says(Answered::Yes, redirect(303, led_to), Session::Ended)
    }

    #[test]
    fn its_own_target_keeps_it() {
        two_questions(OUT).assert_kept(&RULE);
    }

    #[test]
    fn a_third_place_is_nobody_elses_target() {
        two_questions("https://www.company.example/").assert_kept(&RULE);
    }

    #[test]
    fn the_target_of_the_other_question_breaks_it() {
        two_questions(EVIL).assert_violated(&RULE);
    }

    #[test]
    fn one_question_alone_is_not_its_business() {
        Case::new()
            .get(&[OWN, TARGET])
            .gets(asks())
            .says(Answered::Yes, redirect(303, OUT), Session::Ended)
            .assert_not_mine(&RULE);
    }
}

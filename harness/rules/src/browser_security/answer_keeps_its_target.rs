//! A yes is to the request whose page asked: it leads where that request wanted to go, not where another one did
//! whose question is open beside it, and not to whatever address the page's form posts back.
//!
//! # Why it matters
//! A session that remembers one pending sign-off, the newest, gives an answer on an older page to the newer request.
//! Whoever can open a request in the person's browser then chooses where the agreed one leads (C-11). An OP that
//! believes the form redirects to what it never compared with anything.
//!
//! # What does not count
//! A case without a second request in the same browser that asked for another target, and a form that carries no
//! target. A refused answer.
//!
//! # How to fix
//! Bind the hidden value of the page to its own request, and take target and state from there. Where the form carries
//! them, compare them once more.

use super::OURS;
use crate::record::Answered;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::{Control, SignOff, leads_to};
use crate::visit::End;
use signoff_oidc::Given;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CSS-17",
    name: "answer-keeps-its-target",
    level: Level::Must,
    source: OURS,
    title: "a yes leads where its own request asked",
    file: include_str!("answer_keeps_its_target.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        s.answered().is_some(),
        "nobody was asked, or nobody answered",
    )?;
    if s.answered() == Some(Answered::Tampered) {
        return posted_back(s);
    }
    let own = targets(s);
    let others: Vec<Vec<u8>> = (0..s.record.attempts.len())
        .filter(|index| *index != s.index)
        .map(|index| SignOff { index, ..*s })
        .filter(|other| other.attempt().browser == s.attempt().browser)
        .flat_map(|other| targets(&other))
        .filter(|target| !own.contains(target))
        .collect();
    only_if(
        !others.is_empty(),
        "no other request of this browser asked for another target",
    )?;
    let astray = s.departures().into_iter().find(|departure| {
        let to = departure.to.as_bytes();
        let leads = |target: &Vec<u8>| leads_to(to, target);
        !own.iter().any(leads) && others.iter().any(leads)
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

/// The targets that a request names: several where the parameter is repeated, and then any of them is its own.
fn targets(s: &SignOff<'_>) -> Vec<Vec<u8>> {
    match s.target() {
        Given::Absent | Given::Empty => Vec::new(),
        Given::Once(target) => vec![target],
        Given::Repeated(targets) => targets,
    }
}

/// What came of a yes whose form named another address.
fn posted_back(s: &SignOff<'_>) -> Ruling {
    let own = targets(s);
    let led = s.attempt().answers.iter().find_map(|answer| {
        let sent = &answer.chain.first()?.request;
        let (form, query) = (sent.form(), sent.query());
        let mut posted = form.iter().chain(query.iter()).map(|(_, value)| value);
        let End::Left(departure) = s.end_of(&answer.views, &answer.chain) else {
            return None;
        };
        let to = departure.to.as_bytes();
        let astray = !own.iter().any(|target| leads_to(to, target))
            && posted.any(|value| leads_to(to, value));
        astray.then(|| departure.describe())
    });
    s.must_not(
        match led {
            Some(departure) => Seen::Yes(format!("{departure}, which only the form named")),
            None => Seen::No("nobody was sent where only the form said".to_owned()),
        },
        s.did(Control::Orderly, SignOff::honoured, "honour its target"),
        "the browser where this request asked, or on a page of the IdP",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::record::Answered;
    use crate::testing::{Case, EVIL, OUT, OWN, Session, TARGET, asks, error, redirect};
    use signoff_oidc::Response;

    fn tampered(answer: Response) -> Case {
        Case::new()
            .get(&[OWN, TARGET])
            .gets(asks())
            .says(Answered::Tampered, answer, Session::Ended)
            .posting(&[("post_logout_redirect_uri", EVIL)])
            .orderly_worked()
    }

    #[test]
    fn an_address_that_only_the_form_named_breaks_it() {
        tampered(redirect(303, EVIL)).assert_violated(&RULE);
    }

    #[test]
    fn its_own_target_and_a_refusal_keep_it_however_the_form_was_changed() {
        tampered(redirect(303, OUT)).assert_kept(&RULE);
        tampered(error()).assert_kept(&RULE);
    }

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
    fn a_target_that_was_given_twice_is_its_own_all_the_same() {
        Case::new()
            .get(&[OWN, ("post_logout_redirect_uri", EVIL)])
            .gets(asks())
            .get(&[OWN, TARGET, TARGET])
            .gets(asks())
            .says(Answered::Yes, redirect(303, OUT), Session::Ended)
            .assert_kept(&RULE);
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

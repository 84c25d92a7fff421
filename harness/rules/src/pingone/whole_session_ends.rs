//! The sign-off flow ends the SSO session, and so signs the person out of every application that uses it.
//!
//! # Why it matters
//! A person who signs off at one application believes to be signed off. Where another application gets a
//! token without a question afterwards, whoever sits at that computer next has it, too (D-04).
//!
//! # What does not count
//! What the applications themselves keep. Sessions of other browsers. A session with one application only.
//!
//! # How to fix
//! Keep one session for all applications of a browser, and end it on the server.

use super::PRODUCT;
use super::reading::{carried_through, claims_success, is_documented_to_work, over};
use crate::record::{Life, Probe, Witness};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "P1-WF-01",
    name: "whole-session-ends",
    level: Level::IndicativeMust,
    title: "sign-off ends the SSO session for every application that uses it",
    file: include_str!("whole_session_ends.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        is_documented_to_work(s),
        "the request is none that has to be carried out",
    )?;
    s.signed_in_before()?;
    let others = others(s);
    only_if(
        !others.is_empty(),
        "no other application was seen to use the session",
    )?;
    carried_through(s)?;
    let all = others
        .iter()
        .fold(over(s, s.attempt().browser), |all, witness| {
            all.and(ended(s, *witness))
        });
    let proof = if s.ended_at_last().is_yes() || claims_success(s).is_yes() {
        s.shown(&s.session_alive())
    } else {
        s.did(Control::Orderly, SignOff::worked, "end its session")
    };
    s.must(
        all,
        proof,
        "every application asked to sign the person on anew",
    )
}

/// What shows the other applications' use of the session, by the jar and by the cookies of before.
fn others(s: &SignOff<'_>) -> Vec<Witness> {
    let here = s.attempt().browser;
    let before = s.attempt().before.iter();
    before
        .filter_map(|probe| match (probe.witness, &probe.life) {
            (
                witness @ (Witness::JarFor(browser, _) | Witness::SavedCookiesFor(browser, _)),
                Life::Alive(_),
            ) if browser == here => Some(witness),
            _ => None,
        })
        .collect()
}

fn ended(s: &SignOff<'_>, witness: Witness) -> Seen {
    let answers = s.answers().next_back();
    let probes: &[Probe] = answers.map_or(&s.attempt().at_rest, |answer| &answer.after);
    let now = probes.iter().find(|probe| probe.witness == witness);
    match now.map(|probe| &probe.life) {
        Some(Life::Ended) => Seen::Yes("over for the other application".to_owned()),
        Some(Life::Alive(_)) => {
            Seen::No("another application still gets a code without a question".to_owned())
        }
        Some(Life::Unknown(why)) => Seen::Unknown(why.clone()),
        None => Seen::Unknown("nobody looked at the other application".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::reading::fixture::{AtPingOne, OWN_HINT, alice};
    use crate::record::{Life, Probe, Witness};
    use crate::testing::{Case, OUT, Session, TARGET, page};

    /// Alice uses two applications, and signs off from one.
    fn two(by_jar: Life, by_saved: Life) -> Case {
        let case = alice().sign_in("alice", "b", 0, 0);
        let mut case = case.signs_off(&[OWN_HINT, TARGET]).ends_at(OUT);
        let attempt = case.record.attempts.last_mut().expect("a sign-off");
        let seen = |witness, life| Probe { witness, life };
        let both = [Witness::JarFor(0, 0), Witness::SavedCookiesFor(0, 0)];
        for (witness, now) in both.into_iter().zip([by_jar, by_saved]) {
            attempt.before.push(seen(witness, Life::Alive(None)));
            attempt.at_rest.push(seen(witness, now));
        }
        case
    }

    #[test]
    fn both_applications_have_lost_it() {
        two(Life::Ended, Life::Ended).assert_kept(&RULE);
    }

    #[test]
    fn one_that_still_has_it_breaks_the_rule() {
        two(Life::Alive(None), Life::Ended).assert_violated(&RULE);
        two(Life::Ended, Life::Alive(None)).assert_violated(&RULE);
        let own = two(Life::Ended, Life::Ended).at_rest(Session::CookieDropped);
        own.assert_violated(&RULE);
    }

    #[test]
    fn what_was_not_seen_is_undecided() {
        let unknown = Life::Unknown("a page was shown".to_owned());
        two(Life::Ended, unknown).assert_undecided(&RULE);
        let refused = alice().sign_in("alice", "b", 0, 0).signs_off(&[OWN_HINT]);
        let mut refused = refused.gets_refused();
        let attempt = refused.record.attempts.last_mut().expect("a sign-off");
        for probes in [&mut attempt.before, &mut attempt.at_rest] {
            probes.push(Probe {
                witness: Witness::JarFor(0, 0),
                life: Life::Alive(None),
            });
        }
        refused.beside_refusal().assert_undecided(&RULE);
    }

    #[test]
    fn an_end_that_shows_needs_no_page_that_says_so() {
        let odd = two(Life::Ended, Life::Ended).gets(page(200, "<p>Bye</p>"));
        odd.assert_kept(&RULE);
    }

    #[test]
    fn applications_in_another_browser_use_another_session() {
        let mut case = alice().signs_off(&[OWN_HINT, TARGET]).ends_at(OUT);
        case.record.attempts[0].before.push(Probe {
            witness: Witness::JarFor(1, 0),
            life: Life::Alive(None),
        });
        case.assert_not_mine(&RULE);
    }

    #[test]
    fn a_session_with_one_application_is_not_its_business() {
        let case = alice().signs_off(&[OWN_HINT, TARGET]).ends_at(OUT);
        case.assert_not_mine(&RULE);
    }
}

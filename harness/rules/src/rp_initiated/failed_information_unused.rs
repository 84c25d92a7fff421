//! Information that failed its validation is not used: a hint that this OP did not issue does not choose
//! whose session ends.
//!
//! # Why it matters
//! Where `sub` or `sid` of the hint picks the session (C-03) and the hint is not verified first, anybody
//! signs off anybody, without so much as a cookie.
//!
//! # What does not count
//! The session that the request itself carries: RPIL-2-22 and RPIL-6-01 judge that one. Sessions of the same
//! person in other browsers, which a sign-off may end as well.
//!
//! # How to fix
//! Read `sub`, `sid` and `aud` only from a hint that passed every check.

use super::section;
use crate::record::{CookiesSent, Life, SignedIn, Witness};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, Stop, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;
use signoff_oidc::token::text_claim;

pub(super) const RULE: Rule = Rule {
    id: "RPIL-4-02",
    name: "failed-information-unused",
    level: Level::MustNot,
    source: section("4"),
    title: "a hint that failed does not choose whose session ends",
    file: include_str!("failed_information_unused.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        s.hint_not_issued(),
        "no hint that this OP cannot have issued",
    )?;
    let victims = named_sessions(s);
    only_if(
        !victims.is_empty(),
        "the hint names no live session but the one that the request carries",
    )?;
    let ended = victims
        .into_iter()
        .map(|browser| ended_in(s, browser))
        .reduce(Seen::or)
        .ok_or_else(|| Stop::NotMine("the hint names no live session".to_owned()))?;
    s.must_not(
        ended,
        s.did(Control::Orderly, SignOff::worked, "end its session"),
        "the session that the hint names lives on",
    )
}

/// The browsers whose live session the hint names and the request does not carry.
fn named_sessions(s: &SignOff<'_>) -> Vec<usize> {
    let attempt = s.attempt();
    let Some(hint) = s
        .hint()
        .once()
        .map(|text| String::from_utf8_lossy(text).into_owned())
    else {
        return Vec::new();
    };
    let (sub, sid) = (text_claim(&hint, "sub"), text_claim(&hint, "sid"));
    let names =
        |held: &SignedIn| (sub.is_some() && sub == held.sub) || (sid.is_some() && sid == held.sid);
    let carries_none = attempt.cookies == CookiesSent::None;
    let own = s.last_sign_in().map(|held| held.user.as_str());
    let alive = attempt.before.iter().filter_map(|probe| match probe {
        probe if !matches!(probe.life, Life::Alive(_)) => None,
        probe => match probe.witness {
            Witness::Jar(browser) => Some(browser),
            _ => None,
        },
    });
    alive
        .filter(|&browser| {
            let held = held_in(s, browser);
            held.is_some_and(|held| {
                names(held)
                    && (carries_none
                        || (browser != attempt.browser && Some(held.user.as_str()) != own))
            })
        })
        .collect()
}

/// The last sign-in in `browser` before the request.
fn held_in<'a>(s: &SignOff<'a>, browser: usize) -> Option<&'a SignedIn> {
    let sign_ins = s.record.ledger.sign_ins.iter();
    sign_ins
        .filter(|held| held.browser == browser && held.seq < s.attempt().seq)
        .max_by_key(|held| held.seq)
}

fn ended_in(s: &SignOff<'_>, browser: usize) -> Seen {
    let last = s.answers().next_back();
    let probes = last.map_or(&s.attempt().at_rest, |answer| &answer.after);
    let now = probes
        .iter()
        .find(|probe| probe.witness == Witness::Jar(browser));
    match now.map(|probe| &probe.life) {
        Some(Life::Ended) => Seen::Yes("the session that the hint names ended".to_owned()),
        Some(Life::Alive(_)) => Seen::No("the session that the hint names lives".to_owned()),
        Some(Life::Unknown(why)) => Seen::Unknown(why.clone()),
        None => Seen::Unknown("nobody looked at the session that the hint names".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::record::{CookiesSent, Life, Witness};
    use crate::testing::{Case, OWN, Session, TARGET, error, signed_off};
    use signoff_oidc::token::base64url;

    fn claiming(claim: &str, value: &str) -> String {
        let part = |text: &str| base64url(text.as_bytes());
        let claims = format!(r#"{{"{claim}":"{value}"}}"#);
        format!("{}.{}.{}", part(r#"{"alg":"none"}"#), part(&claims), "")
    }

    fn naming(sub: &str) -> String {
        claiming("sub", sub)
    }

    /// Bob is signed in in the second browser; a forged hint that names `sub` comes from Alice's.
    fn forged_for(sub: &str, then: Session) -> Case {
        Case::new()
            .sign_in("bob", "a", 1, 1)
            .get(&[("id_token_hint", &naming(sub)), TARGET])
            .gets(error())
            .other_browser(then)
    }

    #[test]
    fn a_named_session_that_lives_keeps_it_beside_a_sign_off_that_works() {
        let case = || forged_for("sub-of-bob", Session::Lives);
        case().orderly_worked().assert_kept(&RULE);
        case().orderly_refused().assert_undecided(&RULE);
    }

    #[test]
    fn the_end_of_the_named_session_breaks_it() {
        forged_for("sub-of-bob", Session::Ended).assert_violated(&RULE);
        Case::new()
            .get(&[("id_token_hint", &naming("sub-of-alice"))])
            .with_cookies(CookiesSent::None)
            .gets(signed_off())
            .at_rest(Session::Ended)
            .assert_violated(&RULE);
    }

    #[test]
    fn a_session_is_named_by_its_sid_too() {
        let forged = |sid: &str| {
            Case::new()
                .sign_in("bob", "a", 1, 1)
                .get(&[("id_token_hint", &claiming("sid", sid))])
                .other_browser(Session::Ended)
        };
        forged("sid-1").assert_violated(&RULE);
        forged("sid-of-nobody").assert_not_mine(&RULE);
    }

    #[test]
    fn whose_session_a_browser_holds_is_told_by_its_last_sign_in() {
        let forged = |case: Case| {
            case.get(&[("id_token_hint", &naming("sub-of-bob"))])
                .other_browser(Session::Ended)
        };
        let bob = || Case::new().sign_in("bob", "a", 1, 1);
        forged(bob().sign_in("alice", "b", 0, 0)).assert_violated(&RULE);
        forged(bob().sign_in("carol", "a", 1, 2)).assert_not_mine(&RULE);
    }

    #[test]
    fn a_session_that_was_over_before_and_one_of_the_same_person_cannot_be_taken() {
        let mut over = forged_for("sub-of-bob", Session::Ended);
        for probe in &mut over.record.attempts[0].before {
            if probe.witness == Witness::Jar(1) {
                probe.life = Life::Ended;
            }
        }
        over.assert_not_mine(&RULE);
        Case::new()
            .sign_in("alice", "a", 1, 1)
            .get(&[("id_token_hint", &naming("sub-of-alice"))])
            .other_browser(Session::Ended)
            .assert_not_mine(&RULE);
    }

    #[test]
    fn the_requests_own_session_and_genuine_hints_are_not_its_business() {
        forged_for("sub-of-alice", Session::Ended).assert_not_mine(&RULE);
        forged_for("sub-of-nobody", Session::Ended).assert_not_mine(&RULE);
        Case::new()
            .sign_in("bob", "a", 1, 1)
            .get(&[OWN])
            .other_browser(Session::Ended)
            .assert_not_mine(&RULE);
    }
}

//! The session that the cookie identifies is deleted: the cookie's old value no longer works either.
//!
//! # Why it matters
//! Where only the browser's cookie is removed, a copy of it goes on working (D-04).
//!
//! # What does not count
//! How the cookie is cleared (P1-SA-04). A refusal counts only beside an orderly twin that worked.
//!
//! # How to fix
//! Delete the session on the server, then clear the cookie.

use super::reading::{carried_through, claims_success, is_documented_to_work};
use super::{LEGACY_GUIDE, PRODUCT};
use crate::record::{Life, Witness};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Stop, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "P1-SA-03",
    name: "session-deleted",
    level: Level::IndicativeMust,
    source: LEGACY_GUIDE,
    title: "the session of the cookie is deleted at the IdP",
    file: include_str!("session_deleted.rs"),
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
    carried_through(s)?;
    let saved = Witness::SavedCookies(s.attempt().browser);
    let same_session = s
        .attempt()
        .before
        .iter()
        .any(|probe| probe.witness == saved && matches!(probe.life, Life::Alive(_)));
    if !same_session {
        return Err(Stop::Undecided(
            "the cookies kept from before are not those of the live session".to_owned(),
        ));
    }
    let proof = if s.ended_at_last().is_yes() || claims_success(s).is_yes() {
        s.shown(&s.session_alive())
    } else {
        s.did(Control::Orderly, SignOff::worked, "end its session")
    };
    s.must(
        s.really_over(),
        proof,
        "the session over for the browser and for its old cookies",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::reading::fixture::{AtPingOne, OWN_HINT, alice};
    use crate::record::{Life, Probe, Witness};
    use crate::testing::{OUT, Session, TARGET};

    #[test]
    fn the_old_cookie_is_dead() {
        let case = alice().signs_off(&[OWN_HINT, TARGET]);
        case.ends_at(OUT).assert_kept(&RULE);
    }

    #[test]
    fn an_old_cookie_that_works_breaks_it() {
        let case = alice().signs_off(&[OWN_HINT, TARGET]).ends_at(OUT);
        case.at_rest(Session::CookieDropped).assert_violated(&RULE);
        let case = alice().signs_off(&[OWN_HINT, TARGET]).ends_at(OUT);
        case.at_rest(Session::Lives).assert_violated(&RULE);
    }

    #[test]
    fn a_refusal_beside_a_refusal_decides_nothing() {
        let case = alice().signs_off(&[OWN_HINT]).gets_refused();
        case.beside_refusal().assert_undecided(&RULE);
    }

    #[test]
    fn cookies_of_an_earlier_session_decide_nothing() {
        let mut case = alice().signs_off(&[OWN_HINT, TARGET]).ends_at(OUT);
        let attempt = case.record.attempts.last_mut().expect("a sign-off");
        for probe in &mut attempt.before {
            if probe.witness == Witness::SavedCookies(0) {
                *probe = Probe {
                    witness: probe.witness,
                    life: Life::Ended,
                };
            }
        }
        case.clone().assert_undecided(&RULE);
        case.at_rest(Session::Lives).assert_undecided(&RULE);
    }

    #[test]
    fn a_request_without_a_session_is_not_its_business() {
        let case = alice().signs_off(&[OWN_HINT]).before(Session::Ended);
        case.assert_not_mine(&RULE);
    }
}

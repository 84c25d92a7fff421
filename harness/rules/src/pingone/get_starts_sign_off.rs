//! `GET /{envID}/as/signoff` starts the user's logout: the session ends.
//!
//! # Why it matters
//! An application that is told "done" while the session lives leaves the next person at that computer
//! signed on (D-05, D-12).
//!
//! # What does not count
//! Which answer comes: P1-SO-17 and P1-SA-06 judge where the browser goes. A request that is refused counts
//! only when its orderly twin worked, because the refusal may be due to what was configured.
//!
//! # How to fix
//! End the session of the `ST` cookie before anything is redirected.

use super::PRODUCT;
use super::reading::{carried_through, claims_success, is_documented_to_work};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "P1-SO-01",
    name: "get-starts-sign-off",
    level: Level::IndicativeMust,
    title: "GET at the sign-off endpoint ends the session",
    file: include_str!("get_starts_sign_off.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        s.method() == "GET" && is_documented_to_work(s),
        "it is no GET that has to be carried out",
    )?;
    s.signed_in_before()?;
    carried_through(s)?;
    let ended = s.ended_at_last();
    let proof = if ended.is_yes() || claims_success(s).is_yes() {
        s.shown(&s.session_alive())
    } else {
        s.did(Control::Orderly, SignOff::worked, "end its session")
    };
    s.must(ended, proof, "the session ended")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::reading::fixture::{AtPingOne, OWN_HINT, SIGNED_OFF, alice, done};
    use crate::sign_off::Control;
    use crate::testing::{BYE, Session, TARGET, blank, error, redirect, signed_off};

    #[test]
    fn the_session_ends() {
        alice().signs_off(&[OWN_HINT]).lands().assert_kept(&RULE);
    }

    #[test]
    fn a_signed_off_page_beside_a_live_session_breaks_it() {
        let case = alice().signs_off(&[OWN_HINT]).gets(done(SIGNED_OFF));
        case.then(SIGNED_OFF, signed_off()).assert_violated(&RULE);
    }

    #[test]
    fn so_does_a_redirect_beside_a_live_session() {
        let case = alice().signs_off(&[OWN_HINT, TARGET]);
        case.gets(redirect(302, TARGET.1)).assert_violated(&RULE);
    }

    #[test]
    fn a_refusal_breaks_it_only_beside_a_twin_that_worked() {
        let refused = || alice().signs_off(&[OWN_HINT, TARGET]).gets_refused();
        refused().assert_wants(&RULE, Control::Orderly);
        refused().beside_refusal().assert_undecided(&RULE);
        refused().beside_success().assert_violated(&RULE);
    }

    #[test]
    fn a_target_that_is_dead_or_empty_decides_nothing() {
        let gets = |response| {
            alice()
                .signs_off(&[OWN_HINT])
                .gets(response)
                .beside_refusal()
        };
        gets(error()).assert_undecided(&RULE);
        gets(blank()).assert_undecided(&RULE);
        let gone = alice().signs_off(&[OWN_HINT]).gets_nothing();
        gone.at_rest(Session::Unclear)
            .beside_success()
            .assert_undecided(&RULE);
    }

    #[test]
    fn a_foreign_redirect_uri_and_a_post_are_not_its_business() {
        let foreign = [OWN_HINT, ("post_logout_redirect_uri", BYE)];
        alice()
            .signs_off(&foreign)
            .gets_refused()
            .assert_not_mine(&RULE);
        alice()
            .signs_off_by_post(&[OWN_HINT])
            .lands()
            .assert_not_mine(&RULE);
    }

    #[test]
    fn nor_is_a_request_without_a_session() {
        let case = alice().signs_off(&[OWN_HINT]).before(Session::Ended);
        case.assert_not_mine(&RULE);
    }
}

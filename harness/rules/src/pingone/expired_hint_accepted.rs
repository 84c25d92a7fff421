//! A hint is accepted even when it has expired.
//!
//! # Why it matters
//! People come back after the hour that an ID token lasts. Refusing their hint leaves them signed on with an
//! error page (B-17, B-18).
//!
//! # What does not count
//! Hints of a session that is over, and requests that are refused for another reason. In 2023 a user saw
//! the refusal; that is an edition of its own.
//!
//! # How to fix
//! Verify signature, issuer and application, and leave `exp` alone.

use super::reading::{carried_through, works_but_for_expiry};
use super::{DIALECT, PRODUCT};
use crate::rule::{Judge, Rule, Scope};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "P1-SO-10",
    name: "expired-hint-accepted",
    level: Level::Indicative,
    title: "an expired hint is accepted like a fresh one",
    file: include_str!("expired_hint_accepted.rs"),
    scope: Scope::Product {
        dialect: DIALECT,
        editions: &["current"],
    },
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        s.hint_expired() && works_but_for_expiry(s),
        "the hint has not expired, or is not all that is unusual",
    )?;
    s.signed_in_before()?;
    carried_through(s)?;
    s.must(
        s.worked_and_honoured(),
        s.did(
            Control::Orderly,
            SignOff::worked_and_honoured,
            "sign off as asked",
        ),
        "signed off as with a fresh hint",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::reading::fixture::{AtPingOne, OWN_HINT, alice};
    use crate::sign_off::Control;
    use crate::testing::{BYE, Case, LIFETIME, OUT, Session, TARGET};

    fn a_minute_late() -> Case {
        alice().later(LIFETIME + 60).signs_off(&[OWN_HINT, TARGET])
    }

    #[test]
    fn it_signs_off() {
        a_minute_late()
            .ends_at(OUT)
            .assert_wants(&RULE, Control::Orderly);
        a_minute_late()
            .ends_at(OUT)
            .beside_success()
            .assert_kept(&RULE);
    }

    #[test]
    fn a_refusal_breaks_it_beside_a_twin_that_worked() {
        a_minute_late()
            .gets_refused()
            .beside_success()
            .assert_violated(&RULE);
        a_minute_late()
            .gets_refused()
            .beside_refusal()
            .assert_undecided(&RULE);
    }

    #[test]
    fn a_fresh_hint_a_lost_session_and_another_fault_are_not_its_business() {
        alice()
            .signs_off(&[OWN_HINT, TARGET])
            .ends_at(OUT)
            .assert_not_mine(&RULE);
        a_minute_late()
            .before(Session::Ended)
            .assert_not_mine(&RULE);
        let foreign = alice().later(LIFETIME + 60);
        let foreign = foreign.signs_off(&[OWN_HINT, ("post_logout_redirect_uri", BYE)]);
        foreign.gets_refused().assert_not_mine(&RULE);
    }
}

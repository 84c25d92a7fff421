//! The `Cookie` request header carries the current session token (`ST`): the session of that cookie ends,
//! and no other.
//!
//! # Why it matters
//! An OP that lets the hint choose the session signs off people who are not at this browser (C-03).
//!
//! # What does not count
//! Requests without cookies: what a hint alone does here is not documented (`/as/idpSignoff` is the
//! documented way). Other applications in the same browser share the session, and it ends for them too.
//!
//! # How to fix
//! Look the session up by the `ST` cookie, and use the hint only to check it.

use super::PRODUCT;
use super::reading::{is_in_place, others_before, others_lost};
use crate::record::CookiesSent;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if, only_if_seen};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "P1-SO-02",
    name: "cookie-names-session",
    level: Level::IndicativeMust,
    title: "only the session of the ST cookie ends",
    file: include_str!("cookie_names_session.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        is_in_place(s)
            && matches!(
                s.attempt().cookies,
                CookiesSent::Current | CookiesSent::Saved
            ),
        "the request carries no cookie, or altered ones, or a parameter out of place",
    )?;
    only_if_seen(&others_before(s), "no other browser was signed in")?;
    s.must_not(
        others_lost(s),
        s.did(Control::Orderly, SignOff::worked, "end its session"),
        "the sessions of other browsers alive",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::reading::fixture::{AtPingOne, OWN_HINT, alice};
    use crate::record::CookiesSent;
    use crate::sign_off::Control;
    use crate::testing::{Case, Session};

    fn two_browsers(at_rest: Session) -> Case {
        let case = alice().sign_in("alice", "a", 1, 1).signs_off(&[OWN_HINT]);
        case.lands().other_browser(at_rest)
    }

    #[test]
    fn the_other_browser_stays_signed_on() {
        two_browsers(Session::Lives).assert_wants(&RULE, Control::Orderly);
        two_browsers(Session::Lives)
            .beside_success()
            .assert_kept(&RULE);
    }

    #[test]
    fn ending_its_session_breaks_the_rule() {
        two_browsers(Session::Ended).assert_violated(&RULE);
    }

    #[test]
    fn a_target_that_ends_nothing_keeps_nothing() {
        let case = two_browsers(Session::Lives).beside_refusal();
        case.assert_undecided(&RULE);
        two_browsers(Session::Unclear)
            .beside_success()
            .assert_undecided(&RULE);
    }

    #[test]
    fn one_browser_and_no_cookie_are_not_its_business() {
        alice()
            .signs_off(&[OWN_HINT])
            .lands()
            .assert_not_mine(&RULE);
        let bare = two_browsers(Session::Ended).with_cookies(CookiesSent::None);
        bare.assert_not_mine(&RULE);
    }
}

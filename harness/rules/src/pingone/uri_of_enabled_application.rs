//! Without a hint, `post_logout_redirect_uri` must match a value of any enabled application of the
//! environment.
//!
//! # Why it matters
//! The request needs no authentication, so this list is all that stands between the endpoint and an open
//! redirector.
//!
//! # What does not count
//! What is shown instead (P1-SO-18). Registered values are those that the target names; an environment whose
//! logout settings turn the alternative validation on is another matter.
//!
//! # How to fix
//! Compare octets with the registered values of the applications that are enabled now; redirect on a match,
//! and show the error page otherwise.

use super::reading::{carried_through, has_foreign_target, is_documented_to_work, is_in_place};
use super::{PRODUCT, SINCE_CURRENT_PAGE};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::Given;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "P1-SO-15",
    name: "uri-of-enabled-application",
    level: Level::Must,
    title: "without a hint, the redirect URI is one of any enabled application's",
    file: include_str!("uri_of_enabled_application.rs"),
    scope: SINCE_CURRENT_PAGE,
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        s.hint().is_omitted() && s.target().once().is_some() && is_in_place(s),
        "a hint was sent, or no redirect URI",
    )?;
    let twin = s.did(
        Control::Orderly,
        SignOff::worked_and_honoured,
        "sign off as asked",
    );
    if has_foreign_target(s) {
        return s.must_not(s.left(), twin, "the error page: no redirect");
    }
    only_if(
        s.hint() == Given::Absent && is_documented_to_work(s),
        "the redirect URI is not all that is unusual",
    )?;
    s.signed_in_before()?;
    carried_through(s)?;
    s.must(s.honoured(), twin, "the redirect")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::reading::fixture::{AtPingOne, OWN_HINT, alice};
    use crate::testing::{BYE, Case, EVIL, TARGET};

    fn towards(uri: &str) -> Case {
        alice().signs_off(&[("post_logout_redirect_uri", uri)])
    }

    #[test]
    fn the_uri_of_any_enabled_application_is_followed() {
        towards(BYE)
            .ends_at(BYE)
            .beside_success()
            .assert_kept(&RULE);
        towards(BYE)
            .ends_at(BYE)
            .beside_refusal()
            .assert_undecided(&RULE);
        towards(BYE).lands().beside_success().assert_violated(&RULE);
    }

    #[test]
    fn no_other_uri_is() {
        towards(EVIL)
            .gets_refused()
            .beside_success()
            .assert_kept(&RULE);
        towards(EVIL)
            .gets_refused()
            .beside_refusal()
            .assert_undecided(&RULE);
        towards(EVIL).ends_at(EVIL).assert_violated(&RULE);
    }

    #[test]
    fn a_disabled_applications_uri_no_longer_counts() {
        let disabled = alice().disable("b");
        let case = disabled.signs_off(&[("post_logout_redirect_uri", BYE)]);
        case.ends_at(BYE).assert_violated(&RULE);
    }

    #[test]
    fn a_hint_no_uri_and_an_odd_request_are_not_its_business() {
        alice()
            .signs_off(&[OWN_HINT, TARGET])
            .assert_not_mine(&RULE);
        alice().signs_off(&[]).assert_not_mine(&RULE);
        let odd = alice().signs_off(&[TARGET, ("state", "a b")]);
        odd.gets_refused().beside_success().assert_not_mine(&RULE);
    }
}

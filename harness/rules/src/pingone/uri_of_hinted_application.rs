//! With a hint, `post_logout_redirect_uri` must match one of that application's values, exactly and with
//! regard to case.
//!
//! # Why it matters
//! A looser comparison sends people from the IdP to addresses that nobody registered, or to
//! those of another application.
//!
//! # What does not count
//! What is shown instead (P1-SO-18), and whether the session ends. An environment whose logout settings turn
//! the alternative validation on is another matter; so are wildcards, which are documented for sign-on only.
//!
//! # How to fix
//! Compare octets with the registered values of the application in the hint's `aud`.

use super::reading::{has_foreign_target, identified_application, is_in_place};
use super::{PRODUCT, SINCE_CURRENT_PAGE};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "P1-SO-14",
    name: "uri-of-hinted-application",
    level: Level::Must,
    title: "with a hint, the redirect URI is exactly one of its application's",
    file: include_str!("uri_of_hinted_application.rs"),
    scope: SINCE_CURRENT_PAGE,
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        is_in_place(s) && identified_application(s).is_some(),
        "no hint identifies an application",
    )?;
    only_if(
        has_foreign_target(s),
        "no redirect URI was sent, or the application has registered it",
    )?;
    s.must_not(
        s.left(),
        s.did(Control::Orderly, SignOff::honoured, "honour its target"),
        "the error page: no redirect",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::reading::fixture::{AtPingOne, OWN_HINT, alice};
    use crate::testing::{BYE, Case, EVIL, OUT, OUT_QUERY};

    fn towards(uri: &str) -> Case {
        alice().signs_off(&[OWN_HINT, ("post_logout_redirect_uri", uri)])
    }

    #[test]
    fn another_applications_uri_is_not_followed() {
        towards(BYE)
            .gets_refused()
            .beside_success()
            .assert_kept(&RULE);
        towards(BYE).lands().beside_success().assert_kept(&RULE);
        towards(BYE)
            .gets_refused()
            .beside_refusal()
            .assert_undecided(&RULE);
    }

    #[test]
    fn following_it_or_a_look_alike_breaks_the_rule() {
        for uri in [BYE, "https://RP.example/out", "https://rp.example/out/"] {
            towards(uri).ends_at(uri).assert_violated(&RULE);
        }
        towards("https://rp.example/out%2F")
            .ends_at(OUT)
            .assert_violated(&RULE);
    }

    #[test]
    fn a_client_id_beside_the_hint_changes_nothing() {
        let parameters = [
            OWN_HINT,
            ("client_id", "b"),
            ("post_logout_redirect_uri", BYE),
        ];
        alice()
            .signs_off(&parameters)
            .ends_at(BYE)
            .assert_violated(&RULE);
    }

    #[test]
    fn its_own_uri_and_no_hint_are_not_its_business() {
        towards(OUT_QUERY).ends_at(OUT_QUERY).assert_not_mine(&RULE);
        let bare = alice().signs_off(&[("post_logout_redirect_uri", BYE)]);
        bare.ends_at(BYE).assert_not_mine(&RULE);
        let stranger = ("post_logout_redirect_uri", EVIL);
        let bare = alice().signs_off(&[stranger]);
        bare.ends_at(EVIL).assert_not_mine(&RULE);
        let state = ("state", "1");
        let repeated = alice().signs_off(&[OWN_HINT, stranger, state, state]);
        repeated.ends_at(EVIL).assert_not_mine(&RULE);
    }
}

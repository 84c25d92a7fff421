//! The `post_logout_redirect_uri` must match one of the client's pre-configured ones. One that does not is not honoured, and
//! the sign-off goes on without it.
//!
//! # Why it matters
//! Whatever the endpoint leads to borrows the provider's good name. And a mistake in an address is no
//! reason to keep somebody signed in.
//!
//! # What does not count
//! Letter case: the product compares without it, which RPIL-3-04 judges.
//!
//! # How to fix
//! Compare whole values with those of the hint's client, and drop the parameter if none matches.

use super::PRODUCT;
use super::reading::{Hint, hint, in_place, kept_target, led_back, signed_in};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::{Control, SignOff};

pub(super) const RULE: Rule = Rule {
    id: "IDS-08",
    name: "target-of-own-client",
    title: "the redirect URI is one of the client's own, and a wrong one does not stop the sign-off",
    file: include_str!("target_of_own_client.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    in_place(s)?;
    only_if(hint(s) == Hint::Valid, "there is no valid hint")?;
    let target = s.target();
    only_if(
        target
            .once()
            .is_some_and(|uri| !uri.trim_ascii().is_empty())
            && kept_target(s).is_none(),
        "no redirect URI was sent, or one of the client's own",
    )?;
    signed_in(s)?;
    s.carried_through()?;
    s.must_not(
        led_back(s),
        s.did(
            Control::Orderly,
            SignOff::honoured,
            "honour its redirect URI",
        ),
        "neither a redirect nor a link to it",
    )?;
    s.must(
        s.ended_at_last(),
        s.did(Control::Orderly, SignOff::worked, "sign off"),
        "the session over in spite of it",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::identity_server::reading::fixture::{
        alice, beside_refusal, beside_success, signs_off,
    };
    use crate::testing::{BYE, Case, EVIL, OUT, OWN, TARGET, error, redirect};

    fn towards(uri: &str) -> Case {
        alice().get(&[OWN, ("post_logout_redirect_uri", uri)])
    }

    #[test]
    fn a_sign_off_without_a_way_back_keeps_it() {
        for uri in [
            EVIL,
            BYE,
            "https://rp.example/out/",
            "https://rp.example/outer",
        ] {
            let case = signs_off(towards(uri), None);
            beside_success(case.clone()).assert_kept(&RULE);
            beside_refusal(case).assert_undecided(&RULE);
        }
    }

    #[test]
    fn a_way_to_it_breaks_it_and_so_does_a_session_that_lives() {
        signs_off(towards(EVIL), Some(EVIL)).assert_violated(&RULE);
        towards(BYE).gets(redirect(302, BYE)).assert_violated(&RULE);
        beside_success(towards(EVIL).gets(error())).assert_violated(&RULE);
    }

    #[test]
    fn own_addresses_in_any_case_and_no_hint_are_not_its_business() {
        signs_off(towards(OUT), Some(OUT)).assert_not_mine(&RULE);
        let louder = "HTTPS://RP.example/OUT";
        signs_off(towards(louder), Some(louder)).assert_not_mine(&RULE);
        signs_off(alice().get(&[TARGET]), None).assert_not_mine(&RULE);
    }
}

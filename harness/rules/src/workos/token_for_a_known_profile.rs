//! The application's server gets a logout token for a profile of its own, by its API key, and for nothing else.
//!
//! # Why it matters
//! Whoever gets a logout token can sign somebody off. Without the key, or for people of another customer, that is
//! nobody's to ask for.
//!
//! # What does not count
//! Which error is answered. Profiles whose connection cannot sign anybody off (WOS-RP-05, WOS-GEN-01).
//!
//! # How to fix
//! Look at the key first, then for the profile among those of the key's environment.

use super::PRODUCT;
use super::reading::{Owner, call, handed_out};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "WOS-RP-02",
    name: "token-for-a-known-profile",
    level: Level::IndicativeMust,
    title: "no logout token without the API key and a profile of the environment",
    file: include_str!("token_for_a_known_profile.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let call = call(s)?;
    only_if(
        !call.key_is_good || call.owner(s) == Owner::Nobody,
        "the key is good and the profile is known",
    )?;
    s.must_not(
        handed_out(s),
        s.did(Control::Orderly, handed_out, "get a logout token"),
        "an error and no logout token",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::workos::fixture::{
        AtWorkOs, GOOD, by_token, for_nobody, for_profile, keyless, with_key, without_call,
    };

    #[test]
    fn a_refusal_beside_an_orderly_call_keeps_it() {
        for call in [
            keyless(),
            with_key("sk_wrong"),
            for_profile("prof_foreign"),
            for_nobody(),
        ] {
            call.refused(401).beside_signed_off().assert_kept(&RULE);
        }
    }

    #[test]
    fn a_token_for_anybody_breaks_it() {
        for call in [
            keyless(),
            with_key("sk_wrong"),
            for_profile("prof_foreign"),
            for_nobody(),
        ] {
            call.answered().assert_violated(&RULE);
        }
    }

    #[test]
    fn a_refusal_beside_a_refusal_and_a_crash_decide_nothing() {
        keyless()
            .refused(401)
            .beside_refusal()
            .assert_undecided(&RULE);
        keyless()
            .refused(500)
            .beside_signed_off()
            .assert_undecided(&RULE);
    }

    #[test]
    fn an_orderly_call_and_none_are_not_its_business() {
        by_token(GOOD).assert_not_mine(&RULE);
        without_call("never-handed-out").assert_not_mine(&RULE);
    }
}

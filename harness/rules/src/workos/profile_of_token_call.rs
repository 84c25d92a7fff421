//! The profile that the profile-and-token call gave is one that a logout token can be had for.
//!
//! # Why it matters
//! It is the only way for an application to learn whom to sign off.
//!
//! # What does not count
//! Profiles of connections that cannot sign anybody off. A call that was answered 429 or 5xx.
//!
//! # How to fix
//! Use one identifier for a profile everywhere.

use super::PRODUCT;
use super::reading::{Owner, call, handed_out};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::SignOff;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "WOS-RP-03",
    name: "profile-of-token-call",
    level: Level::IndicativeMust,
    title: "a logout token can be had for the profile of the token call",
    file: include_str!("profile_of_token_call.rs"),
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let call = call(s)?;
    only_if(
        call.key_is_good && call.owner(s) == Owner::SignedIn,
        "the call does not name the profile of a sign-in with a good key",
    )?;
    // The sign-in that gave the profile shows that the product works.
    let proof = s.shown(&Seen::Yes(
        "the profile came from the token call".to_owned(),
    ));
    s.must(handed_out(s), proof, "a logout token")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::workos::fixture::{
        AtWorkOs, GOOD, SAML, by_token, for_profile, keyless, orderly_call,
    };

    #[test]
    fn a_logout_token_for_it_keeps_it() {
        by_token(GOOD).assert_kept(&RULE);
    }

    #[test]
    fn a_refusal_breaks_it() {
        orderly_call().refused(404).assert_violated(&RULE);
    }

    #[test]
    fn a_crash_decides_nothing() {
        orderly_call().refused(500).assert_undecided(&RULE);
        orderly_call().refused(429).assert_undecided(&RULE);
    }

    #[test]
    fn other_profiles_and_keys_are_not_its_business() {
        for_profile("prof_foreign")
            .refused(404)
            .assert_not_mine(&RULE);
        keyless().refused(401).assert_not_mine(&RULE);
        for_profile(SAML).refused(400).assert_not_mine(&RULE);
    }
}

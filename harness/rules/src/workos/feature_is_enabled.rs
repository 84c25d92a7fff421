//! Single Logout is off until it was enabled for the connection.
//!
//! # Why it matters
//! It is enabled once both sides are set up. Before that a token promises what nobody does.
//!
//! # What does not count
//! Which error is answered. Connections that could not do it if it were enabled (WOS-RP-05).
//!
//! # How to fix
//! Look at the setting before a token is handed out.

use super::PRODUCT;
use super::reading::{Owner, call, handed_out};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::{Control, SignOff};
use crate::world::Unable;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "WOS-GEN-01",
    name: "feature-is-enabled",
    level: Level::IndicativeMust,
    title: "no logout token until Single Logout was enabled",
    file: include_str!("feature_is_enabled.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let call = call(s)?;
    only_if(
        call.owner(s) == Owner::Unable(Unable::NotEnabled),
        "Single Logout is enabled, or cannot be",
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
    use crate::workos::fixture::{AtWorkOs, GOOD, OFF, SAML, by_token, for_profile};

    #[test]
    fn a_refusal_beside_an_orderly_call_keeps_it() {
        for_profile(OFF)
            .refused(400)
            .beside_signed_off()
            .assert_kept(&RULE);
        for_profile(OFF)
            .refused(400)
            .beside_refusal()
            .assert_undecided(&RULE);
    }

    #[test]
    fn a_token_breaks_it() {
        for_profile(OFF).answered().assert_violated(&RULE);
    }

    #[test]
    fn other_profiles_are_not_its_business() {
        by_token(GOOD).assert_not_mine(&RULE);
        for_profile(SAML).refused(400).assert_not_mine(&RULE);
    }
}

//! Single Logout is for OpenID Connect connections whose identity provider has both a `revocation_endpoint` and an
//! `end_session_endpoint`; for others there is no logout token.
//!
//! # Why it matters
//! An application that gets a token for a connection that cannot sign anybody off tells people that they are signed off
//! when they are not.
//!
//! # What does not count
//! Which error is answered. Connections that could, and for which the feature was not enabled (WOS-GEN-01).
//!
//! # How to fix
//! Look at the kind of the connection and at the discovery document before a token is handed out.

use super::PRODUCT;
use super::reading::{Owner, call, handed_out};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Stop};
use crate::sign_off::{Control, SignOff};
use crate::world::Unable;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "WOS-RP-05",
    name: "provider-must-be-able",
    level: Level::IndicativeMust,
    title: "no logout token where the identity provider cannot sign anybody off",
    file: include_str!("provider_must_be_able.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let call = call(s)?;
    let Owner::Unable(Unable::Unsupported(why)) = call.owner(s) else {
        return Err(Stop::NotMine(
            "the profile's connection is no such".to_owned(),
        ));
    };
    s.must_not(
        handed_out(s),
        s.did(Control::Orderly, handed_out, "get a logout token"),
        &format!("an error and no logout token, because {why}"),
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::workos::fixture::{AtWorkOs, GOOD, OFF, SAML, by_token, for_profile};

    #[test]
    fn a_refusal_beside_an_orderly_call_keeps_it() {
        for_profile(SAML)
            .refused(400)
            .beside_signed_off()
            .assert_kept(&RULE);
        for_profile(SAML)
            .refused(400)
            .beside_refusal()
            .assert_undecided(&RULE);
    }

    #[test]
    fn a_token_breaks_it() {
        for_profile(SAML).answered().assert_violated(&RULE);
    }

    #[test]
    fn other_profiles_are_not_its_business() {
        by_token(GOOD).assert_not_mine(&RULE);
        for_profile(OFF).refused(400).assert_not_mine(&RULE);
    }
}

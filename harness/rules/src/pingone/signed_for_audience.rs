//! The hint must be signed for an application that is named in its `aud`.
//!
//! # Why it matters
//! A server that takes any signed token for a hint lets a token made for something else sign people off
//! (B-06, B-14).
//!
//! # What does not count
//! A hint signed with the environment's key whose `aud` has a known application in it, alone or among
//! others: applications share that key, so the sentence is fulfilled whoever asked for the token.
//!
//! # How to fix
//! Take the application from `aud`, verify with that application's keys, and refuse tokens without one.

use super::PRODUCT;
use super::reading::{is_in_place, is_signed_for_no_application, refused};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "P1-SO-07",
    name: "signed-for-audience",
    level: Level::Must,
    title: "the hint is signed for an application of its aud",
    file: include_str!("signed_for_audience.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        is_in_place(s) && is_signed_for_no_application(s),
        "the hint is no token that lacks an application",
    )?;
    refused(s)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::reading::fixture::{AtPingOne, OWN_HINT, alice, token};
    use crate::record::Provenance;
    use crate::testing::{Case, OUT, TARGET};

    fn hint(provenance: Provenance, claims: &str) -> Case {
        alice().signs_off_with(&token(claims), provenance)
    }

    #[test]
    fn a_token_of_another_environment_gets_refused() {
        let case = || hint(Provenance::IssuedElsewhere, r#"{"aud":"theirs"}"#).gets_refused();
        case().beside_success().assert_kept(&RULE);
        case().beside_refusal().assert_undecided(&RULE);
    }

    #[test]
    fn signing_off_on_a_token_for_nobody_breaks_it() {
        let signed = |claims| hint(Provenance::SignedNotIssued, claims).ends_at(OUT);
        signed(r#"{"aud":"nobody"}"#).assert_violated(&RULE);
        signed(r#"{"aud":[]}"#).assert_violated(&RULE);
        signed(r#"{"sub":"sub-of-alice"}"#).assert_violated(&RULE);
        hint(Provenance::Forged, r#"{"aud":"a"}"#)
            .lands()
            .assert_violated(&RULE);
    }

    #[test]
    fn so_does_signing_off_on_an_access_token() {
        let mut case = alice();
        let text = token(r#"{"aud":["https://api.pingone.com"]}"#);
        text.clone_into(&mut case.record.ledger.sign_ins[0].access_token);
        let case = case.signs_off(&[("id_token_hint", &text)]);
        case.lands().assert_violated(&RULE);
    }

    #[test]
    fn a_known_application_is_enough() {
        let signed = |claims| hint(Provenance::SignedNotIssued, claims).ends_at(OUT);
        signed(r#"{"aud":"b"}"#).assert_not_mine(&RULE);
        signed(r#"{"aud":["nobody","a"]}"#).assert_not_mine(&RULE);
        alice()
            .signs_off(&[OWN_HINT, TARGET])
            .assert_not_mine(&RULE);
    }

    #[test]
    fn what_is_no_token_is_not_its_business() {
        let case = alice().signs_off(&[("id_token_hint", "garbage")]);
        case.lands().assert_not_mine(&RULE);
    }
}

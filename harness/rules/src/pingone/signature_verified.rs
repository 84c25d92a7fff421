//! The signature of the ID token in `id_token_hint` must be verified, before anything else happens.
//!
//! # Why it matters
//! One product decoded the hint and never looked at its signature (B-01): anybody could write one. The
//! session is deleted only after the request was validated, so a hint that fails ends nothing.
//!
//! # What does not count
//! How the refusal looks. Tokens of another environment (P1-SO-07, P1-SO-09), and tokens that somebody else
//! signed with the environment's own key.
//!
//! # How to fix
//! Accept RS256 and the environment's or the application's key, nothing else, and refuse what does not
//! verify. Do not go on as if no hint had been sent.

use super::reading::{is_in_place, refused};
use super::{LEGACY_GUIDE, PRODUCT};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "P1-SA-10",
    name: "signature-verified",
    level: Level::Must,
    source: LEGACY_GUIDE,
    title: "the hint's signature is verified",
    file: include_str!("signature_verified.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        is_in_place(s) && s.hint_is_forged(),
        "the hint is not forged",
    )?;
    refused(s)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::reading::fixture::{AtPingOne, OWN_HINT, alice, token};
    use crate::record::Provenance;
    use crate::sign_off::Control;
    use crate::testing::{Case, HINT, OUT, Session, TARGET, asks, page};

    fn forged() -> Case {
        alice().signs_off_with(&token(r#"{"aud":"a"}"#), Provenance::Forged)
    }

    #[test]
    fn a_forged_hint_gets_refused() {
        forged()
            .gets_refused()
            .assert_wants(&RULE, Control::Orderly);
        forged().gets_refused().beside_success().assert_kept(&RULE);
        forged()
            .gets(page(400, ""))
            .beside_success()
            .assert_kept(&RULE);
    }

    #[test]
    fn redirecting_or_signing_off_on_it_breaks_the_rule() {
        forged().ends_at(OUT).assert_violated(&RULE);
        forged().lands().assert_violated(&RULE);
        let nobody = forged().before(Session::Ended);
        nobody.ends_at(OUT).assert_violated(&RULE);
    }

    #[test]
    fn a_target_that_refuses_everything_or_asks_decides_nothing() {
        forged()
            .gets_refused()
            .beside_refusal()
            .assert_undecided(&RULE);
        forged()
            .gets(asks())
            .beside_success()
            .assert_undecided(&RULE);
        let gone = forged().gets_nothing().at_rest(Session::Unclear);
        gone.beside_success().assert_undecided(&RULE);
    }

    #[test]
    fn the_issued_token_in_another_spelling_is_not_its_business() {
        let padded = format!(" {HINT}=");
        let case = alice().signs_off(&[("id_token_hint", &padded)]);
        case.lands().assert_not_mine(&RULE);
        let other_bits = alice().signs_off(&[("id_token_hint", "id-token-1")]);
        other_bits.lands().assert_not_mine(&RULE);
    }

    #[test]
    fn nor_is_a_genuine_one_or_none() {
        alice()
            .signs_off(&[OWN_HINT, TARGET])
            .ends_at(OUT)
            .assert_not_mine(&RULE);
        alice().signs_off(&[]).lands().assert_not_mine(&RULE);
        let text = token(r#"{"aud":"a"}"#);
        let signed = alice().signs_off_with(&text, Provenance::SignedNotIssued);
        signed.ends_at(OUT).assert_not_mine(&RULE);
    }
}

//! At the default domain, the hint's `iss` must be `https://auth.pingone.{tld}/{envID}/as`, with the region
//! and the environment of the URL that the request was sent to.
//!
//! # Why it matters
//! Where the issuer is not compared, a token of one provider is good at another that shares its keys (B-03).
//!
//! # What does not count
//! Requests to a custom domain (P1-SO-08). Hints that the IdP's key did not sign (P1-SA-10).
//!
//! # How to fix
//! Compare `iss` character by character with the URL that the request came to, without `/signoff`: another
//! scheme, port, letter case or a slash at the end is another issuer.

use super::PRODUCT;
use super::reading::{has_foreign_issuer, is_in_place, refused, uses_custom_domain};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "P1-SO-09",
    name: "issuer-of-region",
    level: Level::Must,
    title: "the hint's issuer is the region and environment of the URL used",
    file: include_str!("issuer_of_region.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        uses_custom_domain(s) == Some(false) && is_in_place(s),
        "the request did not go to the default domain",
    )?;
    only_if(has_foreign_issuer(s), "the hint's issuer is the URL used")?;
    refused(s)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::reading::fixture::{
        AtPingOne, ISSUER, OWN_HINT, alice, alice_at_custom_domain, token,
    };
    use crate::record::Provenance;
    use crate::testing::{Case, OUT, TARGET};

    fn hint_of(issuer: &str, provenance: Provenance) -> Case {
        let text = token(&format!(r#"{{"iss":"{issuer}","aud":"a"}}"#));
        alice().signs_off_with(&text, provenance)
    }

    #[test]
    fn another_region_gets_refused() {
        let other = ISSUER.replace(".com", ".eu");
        let case = || hint_of(&other, Provenance::SignedNotIssued).gets_refused();
        case().beside_success().assert_kept(&RULE);
        case().beside_refusal().assert_undecided(&RULE);
    }

    #[test]
    fn every_other_spelling_that_is_accepted_breaks_it() {
        let spellings = [
            format!("{ISSUER}/"),
            ISSUER.replace("https", "http"),
            ISSUER.replace(".com", ".com:443"),
            ISSUER.replace("auth", "AUTH"),
        ];
        for issuer in spellings {
            let case = hint_of(&issuer, Provenance::SignedNotIssued);
            case.ends_at(OUT).assert_violated(&RULE);
        }
        let elsewhere = hint_of("https://auth.pingone.com/x/as", Provenance::IssuedElsewhere);
        elsewhere.ends_at(OUT).assert_violated(&RULE);
    }

    #[test]
    fn a_hint_without_an_issuer_breaks_it_too() {
        let text = token(r#"{"aud":"a"}"#);
        let case = alice().signs_off_with(&text, Provenance::SignedNotIssued);
        case.ends_at(OUT).assert_violated(&RULE);
    }

    #[test]
    fn its_own_issuer_and_a_forged_hint_are_not_its_business() {
        let own = hint_of(ISSUER, Provenance::SignedNotIssued);
        own.ends_at(OUT).assert_not_mine(&RULE);
        let forged = hint_of("https://evil.test", Provenance::Forged);
        forged.ends_at(OUT).assert_not_mine(&RULE);
        alice()
            .signs_off(&[OWN_HINT, TARGET])
            .assert_not_mine(&RULE);
    }

    #[test]
    fn a_custom_domain_and_a_parameter_out_of_place_are_not_its_business() {
        let text = token(r#"{"iss":"https://elsewhere.test","aud":"a"}"#);
        let custom = alice_at_custom_domain().signs_off_with(&text, Provenance::SignedNotIssued);
        custom.ends_at(OUT).assert_not_mine(&RULE);
        let mut mixed = alice().signs_off_with(&text, Provenance::SignedNotIssued);
        mixed.record.attempts[0].chain[0].request.body = b"state=1".to_vec();
        mixed.ends_at(OUT).assert_not_mine(&RULE);
    }
}

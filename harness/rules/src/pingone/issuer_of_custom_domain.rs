//! At a custom domain, the hint's `iss` must be `https://{custom domain}/as`.
//!
//! # Why it matters
//! Where the issuer is not compared, a token of one provider is good at another that shares its keys (B-03).
//!
//! # What does not count
//! Requests to the default domain (P1-SO-09). Elsewhere the documentation says that an environment with a
//! custom domain accepts both issuers; this page is the one about sign-off, and it asks for equality.
//!
//! # How to fix
//! Compare `iss` character by character with the URL that the request came to, without `/signoff`.

use super::PRODUCT;
use super::reading::{has_foreign_issuer, is_in_place, refused, uses_custom_domain};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::Door;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "P1-SO-08",
    name: "issuer-of-custom-domain",
    level: Level::Must,
    title: "at a custom domain the hint's issuer is that domain's",
    file: include_str!("issuer_of_custom_domain.rs"),
    doors: &[Door::EndSession, Door::OtherAddress],
    needs: &[Control::Orderly, Control::SameDoor],
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        uses_custom_domain(s) == Some(true) && is_in_place(s),
        "the request did not go to a custom domain",
    )?;
    only_if(has_foreign_issuer(s), "the hint's issuer is the URL used")?;
    refused(s)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::reading::fixture::{
        AtPingOne, ISSUER, alice, alice_at_custom_domain, token,
    };
    use crate::record::Provenance;
    use crate::sign_off::Control;
    use crate::testing::{Case, OUT, TARGET, redirect};
    use signoff_oidc::Door;

    /// The session's own hint, as the default domain issued it.
    fn with_default_issuer() -> Case {
        let mut case = alice_at_custom_domain();
        let text = token(&format!(r#"{{"iss":"{ISSUER}","aud":"a"}}"#));
        text.clone_into(&mut case.record.ledger.sign_ins[0].id_token);
        case.signs_off(&[("id_token_hint", &text), TARGET])
    }

    #[test]
    fn the_default_issuer_gets_refused() {
        with_default_issuer()
            .gets_refused()
            .beside_success()
            .assert_kept(&RULE);
        with_default_issuer()
            .gets_refused()
            .beside_refusal()
            .assert_undecided(&RULE);
    }

    #[test]
    fn accepting_it_breaks_the_rule() {
        with_default_issuer().ends_at(OUT).assert_violated(&RULE);
    }

    /// The hint of the session at the default domain, sent to the custom one.
    fn at_the_other_host() -> Case {
        let text = token(&format!(r#"{{"iss":"{ISSUER}","aud":"a"}}"#));
        let mut case = alice();
        text.clone_into(&mut case.record.ledger.sign_ins[0].id_token);
        case.get_at(
            Door::OtherAddress,
            "https://login.example.com/as/signoff",
            &[("id_token_hint", &text), TARGET],
        )
    }

    #[test]
    fn from_a_session_elsewhere_only_the_redirect_shows() {
        let own = token(r#"{"iss":"https://login.example.com/as","aud":"a"}"#);
        let twin = || {
            alice().get_at(
                Door::OtherAddress,
                "https://login.example.com/as/signoff",
                &[("id_token_hint", &own), TARGET],
            )
        };
        let refused = at_the_other_host().gets_refused();
        refused.assert_wants(&RULE, Control::SameDoor);
        let works = twin().gets(redirect(302, OUT));
        let refused = refused.control(Control::SameDoor, works);
        refused.assert_kept(&RULE);
        let dead = at_the_other_host().gets_refused();
        dead.control(Control::SameDoor, twin().gets_refused())
            .assert_undecided(&RULE);
        at_the_other_host()
            .gets(redirect(302, OUT))
            .assert_violated(&RULE);
    }

    #[test]
    fn the_domains_own_issuer_and_the_default_domain_are_not_its_business() {
        let own = token(r#"{"iss":"https://login.example.com/as","aud":"a"}"#);
        let case = alice_at_custom_domain().signs_off_with(&own, Provenance::SignedNotIssued);
        case.ends_at(OUT).assert_not_mine(&RULE);
        let foreign = token(r#"{"iss":"https://evil.test/as","aud":"a"}"#);
        let case = alice().signs_off_with(&foreign, Provenance::SignedNotIssued);
        case.ends_at(OUT).assert_not_mine(&RULE);
    }
}

//! The application that the hint identifies must exist.
//!
//! # Why it matters
//! One product compared the redirect URI with every client's when the hint's client was gone (A-15); another
//! redirected anywhere when it did not know the client (A-04).
//!
//! # What does not count
//! How the refusal looks. Hints that the environment's key did not sign are P1-SA-10's business, and one
//! with several audiences, or none, is P1-SO-07's. Known applications are those that the target names.
//!
//! # How to fix
//! Look the application up by `aud`, and refuse the request when there is none.

use super::PRODUCT;
use super::reading::{is_in_place, names_unknown_application, refused};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "P1-SO-04",
    name: "application-exists",
    level: Level::Must,
    title: "the application that the hint identifies exists",
    file: include_str!("application_exists.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        is_in_place(s) && names_unknown_application(s),
        "the hint names no unknown application",
    )?;
    refused(s)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::reading::fixture::{AtPingOne, OWN_HINT, alice, token};
    use crate::record::Provenance;
    use crate::sign_off::Control;
    use crate::testing::{Case, OUT, TARGET};

    fn hint_for(audience: &str) -> Case {
        let text = token(&format!(r#"{{"aud":{audience}}}"#));
        alice().signs_off_with(&text, Provenance::SignedNotIssued)
    }

    #[test]
    fn a_hint_for_nobody_gets_refused() {
        let case = || hint_for(r#""nobody""#).gets_refused();
        case().assert_wants(&RULE, Control::Orderly);
        case().beside_success().assert_kept(&RULE);
        case().beside_refusal().assert_undecided(&RULE);
    }

    #[test]
    fn signing_off_on_it_breaks_the_rule() {
        hint_for(r#""nobody""#).ends_at(OUT).assert_violated(&RULE);
        hint_for(r#""nobody""#).lands().assert_violated(&RULE);
    }

    #[test]
    fn a_known_application_and_a_forged_hint_are_not_its_business() {
        hint_for(r#""b""#).ends_at(OUT).assert_not_mine(&RULE);
        hint_for(r#"["nobody","a"]"#)
            .ends_at(OUT)
            .assert_not_mine(&RULE);
        alice()
            .signs_off(&[OWN_HINT, TARGET])
            .assert_not_mine(&RULE);
        let forged = token(r#"{"aud":"nobody"}"#);
        let case = alice().signs_off_with(&forged, Provenance::Forged);
        case.ends_at(OUT).assert_not_mine(&RULE);
    }
}

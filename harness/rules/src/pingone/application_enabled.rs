//! The application that the hint identifies must not be disabled.
//!
//! # Why it matters
//! Administrators disable an application to cut it off. A logout endpoint that goes on redirecting to it
//! keeps the door open, and one that did not expect it crashed (M-01).
//!
//! # What does not count
//! How the refusal looks. Requests without a hint: there P1-SO-15 says whose redirect URIs count.
//!
//! # How to fix
//! Check the application's state on every request, not only when the token was issued.

use super::PRODUCT;
use super::reading::{application_is_disabled, is_in_place, refused};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "P1-SO-05",
    name: "application-enabled",
    level: Level::Must,
    title: "the application that the hint identifies is enabled",
    file: include_str!("application_enabled.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        is_in_place(s) && application_is_disabled(s),
        "the hint identifies no disabled application",
    )?;
    refused(s)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::reading::fixture::{AtPingOne, OWN_HINT, alice, token};
    use crate::record::Provenance;
    use crate::testing::{Case, OUT, TARGET};

    fn disabled() -> Case {
        alice().disable("a").signs_off(&[OWN_HINT, TARGET])
    }

    #[test]
    fn its_hint_gets_refused() {
        disabled()
            .gets_refused()
            .beside_success()
            .assert_kept(&RULE);
        disabled()
            .gets_refused()
            .beside_refusal()
            .assert_undecided(&RULE);
    }

    #[test]
    fn signing_off_on_it_breaks_the_rule() {
        disabled().ends_at(OUT).assert_violated(&RULE);
        let text = token(r#"{"aud":"a"}"#);
        let case = alice().disable("a");
        let case = case.signs_off_with(&text, Provenance::SignedNotIssued);
        case.ends_at(OUT).assert_violated(&RULE);
    }

    #[test]
    fn an_enabled_application_and_no_hint_are_not_its_business() {
        let other = alice().disable("b").signs_off(&[OWN_HINT, TARGET]);
        other.ends_at(OUT).assert_not_mine(&RULE);
        let bare = alice().disable("a").signs_off(&[]);
        bare.lands().assert_not_mine(&RULE);
    }
}

//! The application that the hint identifies has the setting `idpSignoff` on, exists, and is enabled.
//!
//! # Why it matters
//! The setting is off unless somebody chose otherwise: whoever holds an old ID token of an application could
//! end its users' sessions.
//!
//! # What does not count
//! An application of which nobody knows how the setting stands.
//!
//! # How to fix
//! Look the application of `aud` up, and refuse the request unless it exists, is enabled and has the setting
//! on.

use super::ENDPOINT;
use crate::pingone::reading::{is_allowed, is_plain, refused};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::SignOff;
use signoff_oidc::spec::Level;

pub(in crate::pingone) const RULE: Rule = Rule {
    id: "P1-IDP-04",
    name: "switched-on",
    level: Level::Must,
    title: "the application has idpSignoff on, exists and is enabled",
    file: include_str!("switched_on.rs"),
    judge: Judge::SignOff(judge),
    ..ENDPOINT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let off = is_allowed(s) == Some(false);
    only_if(
        s.genuine_hint().is_some() && is_plain(s) && (off || s.client_disabled()),
        "the application may use the endpoint, as far as is known",
    )?;
    refused(s)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::idp_signoff::fixture::{allowed, asks, beside, ends_at, set};
    use crate::pingone::reading::fixture::alice;
    use crate::testing::{Case, OUT, OWN, TARGET};

    fn off() -> [Case; 3] {
        [set(false), allowed().disable("a"), allowed().delete("a")]
    }

    #[test]
    fn off_disabled_and_deleted_are_refused() {
        for case in off() {
            let case = asks(case, &[OWN, TARGET]);
            beside(case.clone(), true).assert_kept(&RULE);
            beside(case, false).assert_undecided(&RULE);
        }
    }

    #[test]
    fn ending_the_session_all_the_same_breaks_it() {
        for case in off() {
            ends_at(asks(case, &[OWN, TARGET]), OUT).assert_violated(&RULE);
        }
    }

    #[test]
    fn an_application_that_may_or_of_which_nothing_is_known_is_not_its_business() {
        asks(allowed(), &[OWN]).assert_not_mine(&RULE);
        asks(alice(), &[OWN]).assert_not_mine(&RULE);
        set(false).get(&[OWN]).assert_not_mine(&RULE);
        let forged = [("id_token_hint", "garbage"), ("client_id", "a")];
        asks(allowed().disable("a"), &forged).assert_not_mine(&RULE);
    }
}

//! A `client_id` at `/as/idpSignoff` equals the `aud` of the hint.
//!
//! # Why it matters
//! It ties the token to the application that sends it. Where nobody compares them, one application ends
//! sessions with tokens that were made for another.
//!
//! # What does not count
//! A request without `client_id`, or with an empty one. An application that may not use the endpoint at all
//! (P1-IDP-04).
//!
//! # How to fix
//! Compare the two, and refuse the request when they differ.

use super::ENDPOINT;
use crate::pingone::reading::{is_allowed, is_plain, refused};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::SignOff;
use signoff_oidc::Given;
use signoff_oidc::spec::Level;

pub(in crate::pingone) const RULE: Rule = Rule {
    id: "P1-IDP-03",
    name: "client-agrees-with-hint",
    level: Level::Must,
    title: "a client_id at idpSignoff equals the hint's aud",
    file: include_str!("client_agrees_with_hint.rs"),
    judge: Judge::SignOff(judge),
    ..ENDPOINT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let differs = match (s.client_id(), s.genuine_hint()) {
        (Given::Once(id), Some(hint)) => hint.client_id.as_bytes() != id.as_slice(),
        _ => false,
    };
    only_if(
        differs && is_plain(s) && is_allowed(s) == Some(true) && !s.client_disabled(),
        "client_id and hint do not disagree",
    )?;
    refused(s)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::idp_signoff::fixture::{allowed, asks, beside, ends_at, set};
    use crate::testing::{Case, OUT, OWN, TARGET};

    const OTHER: (&str, &str) = ("client_id", "b");

    fn disagrees() -> Case {
        asks(allowed(), &[OWN, OTHER, TARGET])
    }

    #[test]
    fn another_one_is_refused() {
        beside(disagrees(), true).assert_kept(&RULE);
        beside(disagrees(), false).assert_undecided(&RULE);
        let unknown = asks(allowed(), &[OWN, ("client_id", "nobody")]);
        beside(unknown, true).assert_kept(&RULE);
    }

    #[test]
    fn ending_the_session_all_the_same_breaks_it() {
        ends_at(disagrees(), OUT).assert_violated(&RULE);
    }

    #[test]
    fn the_right_one_and_none_are_not_its_business() {
        asks(allowed(), &[OWN, ("client_id", "a")]).assert_not_mine(&RULE);
        asks(allowed(), &[OWN]).assert_not_mine(&RULE);
        asks(set(false), &[OWN, OTHER]).assert_not_mine(&RULE);
        allowed().get(&[OWN, OTHER]).assert_not_mine(&RULE);
    }
}

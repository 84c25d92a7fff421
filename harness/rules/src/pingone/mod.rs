//! The documentation of `PingOne`, sentence by sentence: it speaks for `PingOne` alone.

use crate::rule::{Rule, Scope};
use signoff_oidc::spec::{Document, Reference};

mod reading;
mod unjudged;

mod application_enabled;
mod application_exists;
mod cookie_expired;
mod cookie_names_session;
mod empty_uri_is_none;
mod expired_hint_accepted;
mod get_starts_sign_off;
mod hint_optional;
mod hint_required;
mod hosted_error_page;
mod issuer_of_custom_domain;
mod issuer_of_region;
mod length_limit;
mod parameters_optional;
mod post_in_body;
mod redirect_clears_cookie;
mod redirected_to_uri;
mod session_deleted;
mod signature_verified;
mod signed_for_audience;
mod signed_off_page;
mod state_comes_back;
mod unregistered_uri_is_error;
mod uri_of_enabled_application;
mod uri_of_hinted_application;
mod user_of_session;

/// The rules of this product: the workflow, the current page, the older guide, the other endpoints.
pub(crate) const RULES: &[Rule] = &[
    unjudged::WHOLE_SESSION,
    unjudged::SESSION_READ,
    unjudged::SESSION_TERMINATED,
    unjudged::SIMPLE_LOGIN,
    unjudged::COLLECTION_VARIABLES,
    get_starts_sign_off::RULE,
    cookie_names_session::RULE,
    hint_optional::RULE,
    application_exists::RULE,
    application_enabled::RULE,
    user_of_session::RULE,
    signed_for_audience::RULE,
    issuer_of_custom_domain::RULE,
    issuer_of_region::RULE,
    expired_hint_accepted::RULE,
    parameters_optional::RULE,
    length_limit::RULE,
    unjudged::SAMPLES_AGREE,
    uri_of_hinted_application::RULE,
    uri_of_enabled_application::RULE,
    post_in_body::RULE,
    signed_off_page::RULE,
    hosted_error_page::RULE,
    unjudged::STARTED_BY_APPLICATION,
    unjudged::DELETED_AFTER_VALIDATION,
    session_deleted::RULE,
    cookie_expired::RULE,
    redirect_clears_cookie::RULE,
    redirected_to_uri::RULE,
    unjudged::LEGACY_LANDING,
    hint_required::RULE,
    state_comes_back::RULE,
    signature_verified::RULE,
    unjudged::APPLICATION_AND_USER,
    unregistered_uri_is_error::RULE,
    empty_uri_is_none::RULE,
    unjudged::IDP_SIGNOFF_WITHOUT_COOKIE,
    unjudged::IDP_SIGNOFF_HINT_REQUIRED,
    unjudged::IDP_SIGNOFF_CLIENT_ID,
    unjudged::IDP_SIGNOFF_ENABLED,
    unjudged::IDP_SIGNOFF_ANSWERS,
    unjudged::IDP_SIGNOFF_HINT_CHECKS,
    unjudged::CROSS_PROTOCOL_COOKIE,
    unjudged::CROSS_PROTOCOL_URI,
    unjudged::CROSS_PROTOCOL_TRIGGER,
];

/// The current page on sign-off.
const CURRENT_PAGE: Reference = Reference {
    document: Document::PingOneSignoff,
    section: "",
};

/// The older guide on sign-off actions.
const LEGACY_GUIDE: Reference = Reference {
    document: Document::PingOneSignoffActions,
    section: "",
};

const DIALECT: &str = "pingone";

/// For every edition.
const EVERY_EDITION: Scope = Scope::Product {
    dialect: DIALECT,
    editions: &[],
};

/// Where the older guide says otherwise.
const SINCE_CURRENT_PAGE: Scope = Scope::Product {
    dialect: DIALECT,
    editions: &["current", "2023"],
};

/// A rule of the current page, for every edition; the other fields by `..`.
const PRODUCT: Rule = Rule {
    source: CURRENT_PAGE,
    scope: EVERY_EDITION,
    ..Rule::BLANK
};

#[cfg(test)]
mod tests {
    use super::RULES;
    use std::collections::BTreeSet;

    #[test]
    fn every_row_of_the_documentation_is_listed_once() {
        let rows = |family: &str, last: usize| -> Vec<String> {
            (1..=last)
                .map(|number| format!("P1-{family}-{number:02}"))
                .collect()
        };
        let expected: Vec<String> = [("WF", 5), ("SO", 18), ("SA", 13), ("IDP", 6), ("XP", 3)]
            .iter()
            .flat_map(|(family, last)| rows(family, *last))
            .collect();
        let listed: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
        assert_eq!(listed, expected);
    }

    #[test]
    fn names_are_unique_and_every_judged_rule_explains_itself() {
        let names: BTreeSet<&str> = RULES.iter().map(|rule| rule.name).collect();
        assert_eq!(names.len(), RULES.len());
        for rule in RULES.iter().filter(|rule| rule.is_judged()) {
            let explanation = rule.explanation();
            for heading in ["# Why it matters", "# What does not count", "# How to fix"] {
                assert!(explanation.contains(heading), "{}: {heading}", rule.id);
            }
        }
    }
}

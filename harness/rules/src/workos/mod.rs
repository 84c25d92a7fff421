//! The documentation of `WorkOS` on Single Logout, sentence by sentence: it speaks for `WorkOS` alone.

use crate::rule::{Judge, Rule, Scope};
use signoff_oidc::spec::{Document, Level, Reference};

mod feature_is_enabled;
mod good_token_leads_to_provider;
mod notice_leads_to_application;
mod profile_of_token_call;
mod provider_must_be_able;
mod reading;
mod signed_off_at_provider;
mod token_for_a_known_profile;

#[cfg(test)]
mod fixture;

/// The rules of this product: sign-off that the application starts, sign-off that the identity provider starts, and what
/// holds for both.
pub(crate) const RULES: &[Rule] = &[
    signed_off_at_provider::RULE,
    token_for_a_known_profile::RULE,
    profile_of_token_call::RULE,
    good_token_leads_to_provider::RULE,
    provider_must_be_able::RULE,
    ADDRESS_IS_REGISTERED,
    notice_leads_to_application::RULE,
    APPLICATION_CLEARS_COOKIES,
    feature_is_enabled::RULE,
];

const SINGLE_LOGOUT: Reference = Reference {
    document: Document::WorkOsSingleLogout,
    section: "",
};

/// A rule of this product; the other fields by `..`.
const PRODUCT: Rule = Rule {
    source: SINGLE_LOGOUT,
    scope: Scope::Product {
        dialect: "workos",
        editions: &[],
    },
    ..Rule::BLANK
};

const ADDRESS_IS_REGISTERED: Rule = Rule {
    id: "WOS-IDP-01",
    name: "address-is-registered",
    level: Level::Indicative,
    title: "the customer registers the product's address as logout endpoint at the identity provider",
    judge: Judge::binds_the_rp("it is about what a customer registers; the walk-through does it"),
    ..PRODUCT
};

const APPLICATION_CLEARS_COOKIES: Rule = Rule {
    id: "WOS-IDP-03",
    name: "application-clears-cookies",
    level: Level::Indicative,
    title: "the application's logout endpoint clears its cookies",
    judge: Judge::binds_the_rp("it is about what the application does"),
    ..PRODUCT
};

#[cfg(test)]
mod tests {
    use super::RULES;
    use super::fixture::{
        AtWorkOs, NOTICE, OFF, SAML, for_profile, keyless, notice, orderly_call, without_call,
    };
    use crate::rule::Judge;
    use crate::testing::page;

    #[test]
    fn a_product_that_does_nothing_keeps_no_rule() {
        for status in [200, 400, 404, 500] {
            let cases = [
                orderly_call().refused(status),
                keyless().refused(status),
                for_profile(SAML).refused(status),
                for_profile(OFF).refused(status),
                without_call("x").gets(page(status, "")),
                notice(NOTICE).gets(page(status, "")),
            ];
            for case in cases {
                let case = case.beside_refusal();
                for rule in RULES.iter().filter(|rule| rule.is_judged()) {
                    assert!(case.judge(rule).is_err(), "{} with {status}", rule.id);
                }
            }
        }
    }

    #[test]
    fn every_judged_rule_explains_itself_and_speaks_for_this_product_alone() {
        for rule in RULES {
            assert!(rule.speaks_for("workos", None) && !rule.speaks_for("oidc", None));
            if matches!(rule.judge, Judge::SignOff(_)) {
                let explanation = rule.explanation();
                for heading in ["# Why it matters", "# What does not count", "# How to fix"] {
                    assert!(explanation.contains(heading), "{}: {heading}", rule.id);
                }
            }
        }
    }
}

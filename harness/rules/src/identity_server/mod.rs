//! The documentation of `IdentityServer` on its end session endpoint, sentence by sentence.

use crate::rule::{Rule, Scope};
use signoff_oidc::spec::{Document, Level, Reference};

mod reading;

mod asked_on_arrival;
mod browser_redirect_signs_off;
mod clients_of_session_told;
mod endpoint_in_discovery;
mod hint_spares_question;
mod redirect_needs_hint;
mod sample_request_works;
mod state_back_in_query;
mod state_needs_target;
mod target_of_own_client;
mod way_back_offered;

/// The rules of this product, in the order of its page.
pub(crate) const RULES: &[Rule] = &[
    browser_redirect_signs_off::RULE,
    clients_of_session_told::RULE,
    endpoint_in_discovery::RULE,
    asked_on_arrival::RULE,
    hint_spares_question::RULE,
    redirect_needs_hint::RULE,
    way_back_offered::RULE,
    target_of_own_client::RULE,
    state_needs_target::RULE,
    state_back_in_query::RULE,
    sample_request_works::RULE,
];

/// A rule of the page, for every edition; the other fields by `..`.
const PRODUCT: Rule = Rule {
    level: Level::IndicativeMust,
    source: Reference {
        document: Document::IdentityServerEndSession,
        section: "",
    },
    scope: Scope::Product {
        dialect: "identityserver",
        editions: &[],
    },
    ..Rule::BLANK
};

#[cfg(test)]
mod tests {
    use super::RULES;
    use super::reading::fixture::{alice, beside_refusal};
    use crate::rule::Judge;
    use crate::sign_off::Control;
    use crate::testing::{Case, EVIL, OWN, TARGET, blank, error, page};

    fn requests() -> Vec<Case> {
        vec![
            alice().get(&[]),
            alice().get(&[OWN]),
            alice().get(&[OWN, TARGET]),
            alice().get(&[OWN, TARGET, ("state", "s1")]),
            alice().get(&[TARGET, ("state", "s1")]),
            alice().get(&[OWN, ("post_logout_redirect_uri", EVIL), ("state", "s1")]),
            alice().get(&[("id_token_hint", "garbage"), TARGET]),
            alice().post(&[OWN, TARGET]),
        ]
    }

    #[test]
    fn a_target_that_does_nothing_keeps_no_rule_and_breaks_none_that_wants_something_done() {
        for request in requests() {
            for answer in [page(500, ""), blank(), error()] {
                let case = beside_refusal(request.clone().gets(answer));
                let twin = case.clone();
                let case = case.control(Control::OtherMethod, twin);
                for rule in RULES {
                    if matches!(rule.judge, Judge::SignOff(_)) {
                        assert!(
                            !matches!(case.judge(rule), Ok(_) | Err(crate::Stop::Violated(_))),
                            "{}: {:?}",
                            rule.id,
                            case.judge(rule)
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn every_row_of_the_page_is_a_judged_rule_for_this_product_alone() {
        let expected: Vec<String> = (1..=11).map(|number| format!("IDS-{number:02}")).collect();
        let listed: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
        assert_eq!(listed, expected);
        for rule in RULES {
            assert!(rule.is_judged(), "{}", rule.id);
            for edition in ["duende-8", "duende-7", "is4"] {
                assert!(rule.speaks_for("identityserver", Some(edition)));
            }
            assert!(!rule.speaks_for("oidc", None) && !rule.speaks_for("pingone", None));
        }
    }
}

//! The documentation of `PingOne`, sentence by sentence: it speaks for `PingOne` alone.

use crate::rule::{Rule, Scope};
use signoff_oidc::spec::{Document, Reference};

mod cross_protocol;
mod idp_signoff;
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
mod lands_on_hosted_or_custom_page;
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
mod whole_session_ends;

/// The rules of this product: the workflow, the current page, the older guide, the other endpoints.
pub(crate) const RULES: &[Rule] = &[
    whole_session_ends::RULE,
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
    lands_on_hosted_or_custom_page::RULE,
    hint_required::RULE,
    state_comes_back::RULE,
    signature_verified::RULE,
    unjudged::APPLICATION_AND_USER,
    unregistered_uri_is_error::RULE,
    empty_uri_is_none::RULE,
    idp_signoff::NO_COOKIE_NEEDED,
    idp_signoff::HINT_REQUIRED,
    idp_signoff::CLIENT_AGREES,
    idp_signoff::SWITCHED_ON,
    idp_signoff::ANSWERS_IN_THREE_FORMS,
    idp_signoff::HINT_CHECKED,
    cross_protocol::COOKIE_NEEDED,
    cross_protocol::URI_OF_ENVIRONMENT,
    cross_protocol::OTHERS_TOLD,
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

/// What only the current documentation has.
const CURRENT_ONLY: Scope = Scope::Product {
    dialect: DIALECT,
    editions: &["current"],
};

/// What only the older guide has.
const LEGACY_ONLY: Scope = Scope::Product {
    dialect: DIALECT,
    editions: &["legacy"],
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
    use super::reading::fixture::{
        AtPingOne, EXPIRED, OWN_HINT, alice, alice_at_custom_domain, token,
    };
    use crate::record::{CookiesSent, Life, Probe, Provenance, Witness};
    use crate::rule::{Judge, Rule};
    use crate::ruling::Stop;
    use crate::setting::Setting;
    use crate::sign_off::Control;
    use crate::testing::{BYE, Case, EVIL, LIFETIME, OUT, Session, TARGET, blank, error, page};
    use signoff_oidc::Door;
    use std::collections::BTreeSet;

    /// Requests of every kind that some rule speaks of.
    fn requests() -> Vec<Case> {
        let to = |uri| ("post_logout_redirect_uri", uri);
        let signed = |claims: &str| {
            let text = token(claims);
            alice().signs_off_with(&text, Provenance::SignedNotIssued)
        };
        let long = "s".repeat(9000);
        vec![
            alice().signs_off(&[OWN_HINT, TARGET, ("state", "s1")]),
            alice().signs_off_by_post(&[OWN_HINT, TARGET]),
            alice().signs_off(&[OWN_HINT]),
            alice().signs_off(&[]),
            alice().signs_off(&[TARGET]),
            alice().signs_off(&[to("")]),
            alice().signs_off(&[to(EVIL)]),
            alice().signs_off(&[OWN_HINT, to(BYE)]),
            alice().signs_off(&[OWN_HINT, TARGET, ("state", &long)]),
            alice().later(LIFETIME + 1).signs_off(&[OWN_HINT, TARGET]),
            alice().disable("a").signs_off(&[OWN_HINT, TARGET]),
            alice().signs_off(&[("id_token_hint", "garbage"), TARGET]),
            signed(r#"{"aud":"nobody","iss":"https://evil.test"}"#),
            signed(r#"{"aud":"a","sub":"sub-of-bob"}"#),
            alice_at_custom_domain()
                .signs_off_with(&token(r#"{"aud":"a"}"#), Provenance::SignedNotIssued),
            alice()
                .sign_in("bob", "a", 1, 1)
                .signs_off(&[("id_token_hint", "id-token-1")])
                .other_browser(Session::Lives),
        ]
        .into_iter()
        .chain(elsewhere())
        .collect()
    }

    const BASE: &str = "https://auth.pingone.com/3a1e0c52-7f6b-4a55-9f0e-4d1d0c7f2b11";

    /// Requests to the other addresses, and those that depend on settings.
    fn elsewhere() -> Vec<Case> {
        let idp = format!("{BASE}/as/idpSignoff");
        let set = |allowed| {
            alice().with_setting(Setting::HintAlone {
                client: "a".to_owned(),
                allowed,
            })
        };
        let by_hint = |case: Case, params: &[(&str, &str)]| {
            let case = case.get_at(Door::HintAlone, &idp, params);
            case.with_cookies(CookiesSent::None)
        };
        let forged = token(r#"{"aud":"a"}"#);
        let listed = alice().with_setting(Setting::EveryProtocolUris(vec![OUT.to_owned()]));
        let xp = |case: Case, params: &[(&str, &str)]| {
            case.get_at(Door::EveryProtocol, &format!("{BASE}/xp/signoff"), params)
        };
        let foreign = token(r#"{"aud":"a","iss":"https://evil.test/as"}"#);
        let two = || alice().sign_in("alice", "b", 0, 0);
        let mut both = two().signs_off(&[OWN_HINT, TARGET]);
        let attempt = both.record.attempts.last_mut().expect("a sign-off");
        for probes in [&mut attempt.before, &mut attempt.at_rest] {
            probes.push(Probe {
                witness: Witness::JarFor(0, 0),
                life: Life::Alive(None),
            });
        }
        let told =
            two()
                .with_setting(Setting::OthersToo(true))
                .with_setting(Setting::FrontChannelUri {
                    client: "b".to_owned(),
                    uri: BYE.to_owned(),
                });
        vec![
            by_hint(set(true), &[OWN_HINT, TARGET]),
            by_hint(set(true), &[OWN_HINT]),
            by_hint(set(true), &[OWN_HINT, ("post_logout_redirect_uri", EVIL)]),
            by_hint(set(true), &[TARGET]),
            by_hint(set(true), &[OWN_HINT, TARGET, ("client_id", "b")]),
            by_hint(set(false), &[OWN_HINT, TARGET]),
            by_hint(
                set(true).made(&forged, Provenance::Forged),
                &[("id_token_hint", &forged), TARGET],
            ),
            by_hint(set(true).later(LIFETIME + 1), &[OWN_HINT, TARGET]),
            xp(listed.clone(), &[TARGET]),
            xp(listed.clone(), &[("post_logout_redirect_uri", EVIL)]),
            xp(listed, &[TARGET]).with_cookies(CookiesSent::None),
            alice().made(&foreign, Provenance::SignedNotIssued).get_at(
                Door::OtherAddress,
                "https://login.example.com/as/signoff",
                &[("id_token_hint", &foreign), TARGET],
            ),
            told.signs_off(&[OWN_HINT, TARGET]),
            both,
        ]
    }

    fn judged() -> impl Iterator<Item = &'static Rule> {
        RULES
            .iter()
            .filter(|rule| matches!(rule.judge, Judge::SignOff(_)))
    }

    #[test]
    fn a_target_that_does_nothing_keeps_no_rule() {
        let mut clears = error();
        clears
            .headers
            .push(("Set-Cookie".to_owned(), EXPIRED.into()));
        let answers = [page(500, ""), blank(), error(), clears];
        for request in requests() {
            let same_by_other = |case: Case| {
                let twin = case.clone();
                case.control(Control::OtherMethod, twin)
            };
            let mut cases = vec![
                request.clone().gets_refused(),
                request.clone().gets_nothing(),
            ];
            cases.extend(
                answers
                    .iter()
                    .map(|answer| request.clone().gets(answer.clone())),
            );
            for case in cases {
                let twin = case.clone().gets_refused();
                let case = case.control(Control::SameDoor, twin);
                let case = same_by_other(case.beside_refusal());
                for rule in judged() {
                    assert!(case.judge(rule).is_err(), "{}", rule.id);
                }
            }
        }
    }

    #[test]
    fn every_judged_rule_speaks_of_some_request() {
        let silent: Vec<&str> = judged()
            .filter(|rule| {
                requests().iter().all(|case| {
                    let case = case.clone().gets_refused().beside_success();
                    let twin = case.clone();
                    let case = case.control(Control::SameDoor, twin);
                    matches!(case.judge(rule), Err(Stop::NotMine(_)))
                })
            })
            .map(|rule| rule.id)
            .collect();
        // These speak of redirects that were made, after a logout.
        assert_eq!(silent, ["P1-SA-06", "P1-SA-09"]);
    }

    #[test]
    fn the_controls_that_a_rule_needs_are_those_it_asks_for() {
        for rule in judged() {
            let asked = |case: &Case| match case.judge(rule) {
                Err(Stop::Wants(control)) => Some(control),
                _ => None,
            };
            let wanted: BTreeSet<Control> = requests()
                .into_iter()
                .flat_map(|case| [case.clone().gets_refused(), case.lands()])
                .filter_map(|case| asked(&case))
                .collect();
            let needed: BTreeSet<Control> = rule.needs.iter().copied().collect();
            assert_eq!(wanted, needed, "{}", rule.id);
        }
    }

    #[test]
    fn a_target_without_an_edition_is_judged_as_the_current_one() {
        for rule in RULES {
            let speaks = |edition| rule.speaks_for("pingone", edition);
            assert_eq!(speaks(None), speaks(Some("current")), "{}", rule.id);
            assert!(!rule.speaks_for("oidc", None), "{}", rule.id);
        }
    }

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

//! What the hand-written scenarios promise to whoever runs them.

use signoff_scenarios::{
    Cookies, LogoutIntent, Method, Name, Party, Place, RedirectOperation, Scenario, Step, Value,
    catalogue,
};
use std::collections::{BTreeMap, BTreeSet};

fn sign_offs(scenario: &Scenario) -> impl Iterator<Item = &LogoutIntent> {
    scenario.steps.iter().filter_map(|step| match step {
        Step::SignOff(intent) => Some(intent),
        _ => None,
    })
}

/// Sign-ins that come before the step at `position`.
fn signed_in_before(scenario: &Scenario, position: usize) -> usize {
    scenario.steps[..position]
        .iter()
        .filter(|step| matches!(step, Step::SignIn(_)))
        .count()
}

#[test]
fn there_are_at_least_a_hundred_and_thirty() {
    assert!(catalogue().len() >= 130, "{}", catalogue().len());
}

#[test]
fn ids_are_unique() {
    let scenarios = catalogue();
    let ids: BTreeSet<&str> = scenarios
        .iter()
        .map(|scenario| scenario.id.as_str())
        .collect();
    assert_eq!(ids.len(), scenarios.len());
}

#[test]
fn ids_are_paths_of_lower_case_words() {
    for Scenario { id, .. } in catalogue() {
        let segments: Vec<&str> = id.split('/').collect();
        assert!(segments.len() >= 2, "{id}: a family and a name at least");
        for word in segments.iter().flat_map(|segment| segment.split('-')) {
            let plain = word
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
            assert!(plain && !word.is_empty(), "{id}");
        }
    }
}

/// A snapshot lies at `<id>.snap`, so no id may be the folder of another one.
#[test]
fn no_id_is_the_folder_of_another() {
    let scenarios = catalogue();
    for folder in &scenarios {
        let prefix = format!("{}/", folder.id);
        let below = scenarios.iter().find(|other| other.id.starts_with(&prefix));
        assert!(below.is_none(), "{} is a folder too", folder.id);
    }
}

#[test]
fn purposes_are_unique_sentences() {
    let mut seen = BTreeMap::new();
    for Scenario { id, purpose, .. } in catalogue() {
        assert!(purpose.ends_with('.'), "{id}: no full stop");
        assert!(!purpose.contains(". "), "{id}: more than one sentence");
        assert!(purpose.starts_with(char::is_uppercase), "{id}: no capital");
        assert!(!purpose.contains('{'), "{id}: a gap is not filled in");
        assert!(
            purpose.split(' ').count() >= 5,
            "{id}: too short to say why"
        );
        if let Some(other) = seen.insert(purpose, id.clone()) {
            panic!("{id} and {other} have one purpose");
        }
    }
}

#[test]
fn no_two_scenarios_try_the_same() {
    let mut seen: Vec<Scenario> = Vec::new();
    for scenario in catalogue() {
        if let Some(twin) = seen.iter().find(|other| other.steps == scenario.steps) {
            panic!("{} does what {} does", scenario.id, twin.id);
        }
        seen.push(scenario);
    }
}

#[test]
fn every_scenario_signs_off() {
    for scenario in catalogue() {
        assert!(sign_offs(&scenario).next().is_some(), "{}", scenario.id);
    }
}

#[test]
fn every_token_belongs_to_a_sign_in_that_came_before() {
    for scenario in catalogue() {
        for (position, step) in scenario.steps.iter().enumerate() {
            let named: Vec<usize> = match step {
                Step::SignOff(intent) => intent
                    .parameters
                    .iter()
                    .filter_map(|parameter| match &parameter.value {
                        Value::Hint(hint) => Some(hint.sign_ins()),
                        _ => None,
                    })
                    .flatten()
                    .collect(),
                Step::AdvancePastExpiry { sign_in, .. } => vec![*sign_in],
                Step::SignIn(_)
                | Step::Advance(_)
                | Step::Disable(_)
                | Step::Answer { .. }
                | Step::Delete(_)
                | Step::Configure(_) => Vec::new(),
            };
            let known = signed_in_before(&scenario, position);
            assert!(
                named.iter().all(|sign_in| *sign_in < known),
                "{}: step {position} names a sign-in that has not happened",
                scenario.id
            );
        }
    }
}

#[test]
fn cookies_are_replayed_only_after_a_sign_off_that_saved_them() {
    for scenario in catalogue() {
        let first = sign_offs(&scenario).next().map(|intent| intent.cookies);
        assert_ne!(first, Some(Cookies::SavedBeforeSignOff), "{}", scenario.id);
    }
}

#[test]
fn a_user_name_is_sent_only_from_a_browser_that_somebody_signed_in_with() {
    for scenario in catalogue() {
        for (position, step) in scenario.steps.iter().enumerate() {
            let Step::SignOff(intent) = step else {
                continue;
            };
            let names_user = intent
                .parameters
                .iter()
                .any(|parameter| parameter.value == Value::UserName);
            let signed_in = scenario.steps[..position].iter().any(
                |step| matches!(step, Step::SignIn(sign_in) if sign_in.browser == intent.browser),
            );
            assert!(!names_user || signed_in, "{}", scenario.id);
        }
    }
}

#[test]
fn only_the_disposable_client_is_disabled_or_deleted() {
    for scenario in catalogue() {
        for step in &scenario.steps {
            if let Step::Disable(party) | Step::Delete(party) = step {
                assert_eq!(*party, Party::Disposable, "{}", scenario.id);
            }
        }
    }
}

/// A target may begin anew with a setting, and forget who is signed in.
#[test]
fn settings_are_made_before_anybody_signs_in() {
    for scenario in catalogue() {
        let sets = |step: &Step| matches!(step, Step::Configure(_));
        let set_up = scenario.steps.iter().take_while(|step| sets(step)).count();
        let late = scenario.steps[set_up..].iter().any(sets);
        assert!(!late, "{}", scenario.id);
    }
}

#[test]
fn a_body_is_sent_only_by_a_method_that_has_one() {
    for scenario in catalogue() {
        for intent in sign_offs(&scenario) {
            let has_body = matches!(intent.method, Method::Post | Method::Put);
            let wants_body = intent
                .parameters
                .iter()
                .any(|parameter| parameter.place == Place::Body);
            assert!(has_body || !wants_body, "{}", scenario.id);
        }
    }
}

#[test]
fn every_scenario_comes_back_from_json_unchanged() {
    for scenario in catalogue() {
        let stored = serde_json::to_string(&scenario).unwrap();
        let read: Scenario = serde_json::from_str(&stored).unwrap();
        assert_eq!(read, scenario, "{stored}");
    }
}

/// The operations of the look-alike scenarios, by id.
fn look_alikes() -> Vec<(String, RedirectOperation)> {
    catalogue()
        .into_iter()
        .filter(|scenario| scenario.id.starts_with("redirect/look-alike/"))
        .filter_map(|scenario| {
            let operation = sign_offs(&scenario)
                .flat_map(|intent| &intent.parameters)
                .filter(|parameter| parameter.name == Name::PostLogoutRedirectUri)
                .find_map(|parameter| match &parameter.value {
                    Value::Redirect(uri) => uri.operation.clone(),
                    _ => None,
                })?;
            Some((scenario.id, operation))
        })
        .collect()
}

/// Registered URIs as targets have them: public, with a port, and on loopback.
const REGISTERED: [&str; 4] = [
    "https://rp.example/app/out",
    "https://rp.example:8443/out",
    "http://127.0.0.1:4010/out",
    "http://localhost/out",
];

#[test]
fn there_are_at_least_thirty_look_alikes_and_most_apply_to_any_uri() {
    assert_eq!(
        look_alikes().len(),
        catalogue()
            .iter()
            .filter(|scenario| scenario.id.starts_with("redirect/look-alike/"))
            .count(),
        "a look-alike without an operation"
    );
    for registered in REGISTERED {
        let applicable = look_alikes()
            .iter()
            .filter(|(_, operation)| operation.apply(registered).is_some())
            .count();
        assert!(applicable >= 30, "{registered}: {applicable}");
    }
}

#[test]
fn every_look_alike_applies_to_some_registered_uri() {
    for (id, operation) in look_alikes() {
        let applies = REGISTERED
            .iter()
            .any(|registered| operation.apply(registered).is_some());
        assert!(applies, "{id}");
    }
}

#[test]
fn no_two_look_alikes_are_the_same_text() {
    for registered in REGISTERED {
        let mut seen = BTreeMap::new();
        for (id, operation) in look_alikes() {
            let Some(text) = operation.apply(registered) else {
                continue;
            };
            assert_ne!(text, registered, "{id}");
            if let Some(other) = seen.insert(text, id.clone()) {
                panic!("{id} and {other} send one text for {registered}");
            }
        }
    }
}

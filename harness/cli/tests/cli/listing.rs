use crate::signoff::Folder;
use serde_json::Value;

fn array(words: &str) -> Vec<Value> {
    let listed = Folder::new().signoff(words).with(0);
    assert_eq!(listed.err, "");
    let array = listed.json().as_array().unwrap().clone();
    assert!(!array.is_empty(), "{words}");
    array
}

fn members(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn rules_are_listed_with_the_members_and_words_of_the_contract() {
    let words = [
        "judged",
        "not yet judged",
        "not observable",
        "nothing to judge",
        "binds the RP",
    ];
    for rule in array("list --rules --json") {
        assert_eq!(
            members(&rule),
            [
                "id", "level", "severity", "source", "title", "status", "reason"
            ]
        );
        let status = rule["status"].as_str().unwrap();
        assert!(words.contains(&status), "{status}");
        assert!(status == "judged" || rule["reason"].is_string(), "{rule}");
    }
}

#[test]
fn a_rule_of_another_product_is_judged_but_not_here() {
    let rules = array("list P1-SO-01 --rules --json --dialect oidc");
    assert_eq!(rules[0]["status"], "judged");
    assert_eq!(rules[0]["reason"], "does not speak for oidc");
    let rules = array("list P1-SO-01 --rules --json");
    assert_eq!(rules[0]["reason"], Value::Null);
}

#[test]
fn scenarios_faults_and_targets_have_the_members_of_the_contract() {
    for scenario in array("list --scenarios --json") {
        // Why it cannot be said to this product stands beside, where it cannot.
        assert_eq!(members(&scenario)[..2], ["id", "purpose"]);
    }
    for fault in array("list --faults --json") {
        assert_eq!(members(&fault), ["id", "expect", "breaks", "dialects"]);
        assert!(matches!(
            fault["expect"].as_str(),
            Some("must" | "should" | "none")
        ));
        assert!(fault["breaks"].is_array() && fault["dialects"].is_array());
    }
    let folder = Folder::new();
    folder.write("signoff.toml", crate::targets::STAGING);
    let targets = folder.signoff("list --targets --json").with(0).json();
    assert_eq!(members(&targets[0]), ["id", "dialect", "description"]);
    assert_eq!(targets[0]["id"], "staging");
}

#[test]
fn a_filter_is_a_prefix_of_ids() {
    let scenarios = array("list --scenarios --json redirect/");
    let ids = scenarios
        .iter()
        .map(|scenario| scenario["id"].as_str().unwrap());
    assert!(ids.clone().count() > 30);
    assert!(ids.clone().all(|id| id.starts_with("redirect/")));
    let rules = array("list --json RPIL-3");
    assert!(
        rules
            .iter()
            .all(|rule| rule["id"].as_str().unwrap().starts_with("RPIL-3"))
    );
    let scenarios = array("list --json hint/valid");
    assert!(
        scenarios
            .iter()
            .all(|scenario| scenario["purpose"].is_string())
    );
}

#[test]
fn people_see_rules_and_scenarios_with_links_to_the_texts() {
    let listed = Folder::new().signoff("list").with(0).out;
    for part in [
        "RPIL-3-04",
        "hint/valid",
        "https://openid.net/specs/openid-connect-rpinitiated-1_0.html",
    ] {
        assert!(listed.contains(part), "{part}");
    }
}

#[test]
fn an_explanation_has_the_headings_the_source_and_the_faults() {
    let folder = Folder::new();
    let text = folder.signoff("explain rpil-3-04").with(0).out;
    for part in [
        "RPIL-3-04 exact-redirect-uri",
        "Why it matters",
        "What does not count",
        "How to fix",
        "MUST NOT",
        "https://openid.net/specs/openid-connect-rpinitiated-1_0.html",
        "redirect-any",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert!(!text.contains("//!"), "{text}");

    let json = folder
        .signoff("explain RPIL-3-04 --format json")
        .with(0)
        .json();
    assert_eq!(json["id"], "RPIL-3-04");
    assert_eq!(json["needs"], serde_json::json!(["the orderly twin"]));
    assert_eq!(json["scenarios"], Value::Null);
    let json = folder
        .signoff("explain REV-2-01 --scenarios --format json")
        .with(0)
        .json();
    assert_eq!(json["scenarios"], serde_json::json!(["trial/revocation"]));
    let faults = json["faults"].as_array().unwrap();
    assert!(faults.contains(&Value::from("revocation-does-nothing")));
    let markdown = folder.signoff("explain --all --format md").with(0).out;
    assert!(markdown.contains("### How to fix"));
    let rules = array("list --rules --json").len();
    assert_eq!(array("explain --all --format json").len(), rules);
}

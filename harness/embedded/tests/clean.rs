//! The mock without a fault, in memory: the main job in small.

use mock_idp_core::SignatureMemo;
use signoff_embedded::{DIALECTS, dialect, kill};
use signoff_engine::{Exit, Outcome, RunReport};
use signoff_rules::catalogue;
use std::collections::BTreeSet;

fn run(id: &str) -> RunReport {
    kill::run(
        dialect(id).expect("a dialect"),
        &[],
        1,
        &SignatureMemo::new(),
    )
    .expect("a run")
}

#[test]
fn the_clean_mock_breaks_nothing_and_deviates_only_where_it_says() {
    for id in DIALECTS {
        let report = run(id);
        assert_eq!(report.exit(), Exit::Ok, "{id}: {}", report.complaint());
        assert!(report.summary.cases >= 100);
    }
}

#[test]
fn the_reference_has_no_known_difference() {
    assert_eq!(run("oidc").with(Outcome::Known).count(), 0);
}

#[test]
fn every_rule_of_the_catalogue_is_judged_or_named_with_a_reason() {
    for id in DIALECTS {
        let report = run(id);
        let judged: BTreeSet<&str> = report
            .judgements
            .iter()
            .map(|judgement| judgement.rule)
            .collect();
        let named: BTreeSet<&str> = report
            .not_applicable
            .iter()
            .filter(|entry| !entry.reason.is_empty())
            .map(|entry| entry.rule)
            .collect();
        let missing: Vec<&str> = catalogue::all()
            .map(|rule| rule.id)
            .filter(|rule| !judged.contains(rule) && !named.contains(rule))
            .collect();
        assert_eq!(missing, [] as [&str; 0], "{id}");
    }
}

#[test]
fn every_judged_rule_is_decided_on_some_dialect() {
    let decided: BTreeSet<&str> = DIALECTS
        .iter()
        .flat_map(|id| {
            let decided: Vec<&str> = run(id)
                .judgements
                .iter()
                .filter(|j| !matches!(j.outcome, Outcome::Undecided | Outcome::NotApplicable))
                .map(|j| j.rule)
                .collect();
            decided
        })
        .collect();
    let silent: Vec<&str> = catalogue::all()
        .filter(|rule| rule.is_judged())
        .map(|rule| rule.id)
        .filter(|rule| !decided.contains(rule))
        .collect();
    // Rules of an edition that the mock does not run by default, and of addresses that a scenario cannot name yet.
    assert_eq!(silent, ["P1-SO-08", "P1-SA-08"]);
}

#[test]
fn the_same_seed_gives_the_same_report() {
    let (first, second) = (run("oidc"), run("oidc"));
    let transcripts = |report: &RunReport| {
        report
            .cases
            .iter()
            .map(|case| case.transcript.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(transcripts(&first), transcripts(&second));
}

#[test]
fn no_secret_shows_in_a_report() {
    for id in DIALECTS {
        let report = run(id);
        let text = format!("{:?}", report);
        for secret in ["alice-password", "bob-password", "secret-of-client", "eyJ"] {
            assert!(!text.contains(secret), "{id}: {secret} shows");
        }
    }
}

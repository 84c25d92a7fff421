//! Faults that show only where several things come together: no hand-written scenario sees them, a search does, and
//! what it shows is what matters and nothing else.

use mock_idp_core::{SignatureMemo, faults};
use signoff_embedded::{DIALECTS, dialect, kill, search};
use signoff_engine::report::Finding;
use signoff_engine::{Outcome, RunReport, Search};
use std::collections::BTreeSet;

/// A fault, a rule that it breaks, and the whole of what has to come together.
const MINIMAL: &[(&str, &str, &[&str])] = &[
    (
        "hint-unverified-beside-logout-hint",
        "RPIL-2-22",
        &["hint", "logout-hint"],
    ),
    (
        "empty-hint-unasked-by-post",
        "RPIL-6-01",
        &["hint", "method"],
    ),
    (
        "fragment-unmatched-beside-client-id",
        "RPIL-3-04",
        &["redirect", "client"],
    ),
    (
        "query-state-beside-charset",
        "RPIL-2-21",
        &["placement", "method", "content-type"],
    ),
    (
        "expired-hint-repeated-client-unasked",
        "RPIL-2-26",
        &["situation", "client", "repeated"],
    ),
    (
        "older-question-newer-target",
        "CSS-17",
        &[
            "move alice-in",
            "move off-left",
            "move off-to-stranger-left",
            "move late-yes",
        ],
    ),
    (
        "locales-skip-agreement",
        "RPIL-2-05",
        &["client", "locales"],
    ),
    (
        "long-state-unmatched-by-post",
        "RPIL-3-04",
        &["redirect", "state", "method"],
    ),
    (
        "charset-body-ignored",
        "RPIL-2-18",
        &["method", "content-type"],
    ),
    (
        "any-subject-beside-client-id",
        "RPIL-2-28",
        &["situation", "hint", "client"],
    ),
];

/// The same for what two requests at the same moment show: on a dialect that asks the person, it is two answers.
const AT_ONCE: &[(&str, &str, &str, &[&str])] = &[
    ("pingone", "overlap-crash", "CSS-03", &["sent"]),
    ("oidc", "overlap-crash", "CSS-03", &["answer"]),
    ("pingone", "overlap-writes-back", "CK-4.1.2.1-01", &["sent"]),
    ("pingone", "overlap-writes-back", "CSS-06", &["sent"]),
    ("oidc", "overlap-writes-back", "CK-4.1.2.1-01", &["answer"]),
    ("oidc", "overlap-writes-back", "CSS-06", &["answer"]),
    ("oidc", "overlap-writes-back", "RPIL-2-29", &["answer"]),
];

/// How many cases are tried at a time. Each is decided by seed and index alone, so that twenty times a hundred are
/// the two thousand of one run.
const WINDOW: u64 = 100;

fn searched(id: &str, fault: &str, from: u64) -> RunReport {
    let window = Search {
        cases: WINDOW,
        from,
        ..Search::default()
    };
    search::run(dialect(id).expect("a dialect"), &[fault], window, 1).expect("a world")
}

/// The dialects of a fault.
fn dialects_of(fault: &str) -> impl Iterator<Item = &'static str> {
    let known = mock_idp_core::fault(fault).expect("a fault");
    DIALECTS
        .iter()
        .copied()
        .filter(|id| dialect(id).is_some_and(|dialect| known.fits(dialect)))
}

#[test]
fn the_table_names_every_interaction() {
    let alone = MINIMAL.iter().map(|(fault, _, _)| *fault);
    let at_once = AT_ONCE.iter().map(|(_, fault, _, _)| *fault);
    let named: BTreeSet<&str> = alone.chain(at_once).collect();
    let known: BTreeSet<&str> = faults()
        .iter()
        .filter(|fault| fault.is_interaction())
        .map(|fault| fault.id)
        .collect();
    assert_eq!(named, known);
    assert_eq!(known.len(), 12);
}

#[test]
fn no_hand_written_scenario_sees_them() {
    for id in DIALECTS {
        let signatures = SignatureMemo::new();
        let known = dialect(id).unwrap();
        let seen = |faults: &[String]| {
            let report = kill::run(known, faults, 1, &signatures).unwrap();
            let broken = report.with(Outcome::Violated);
            broken
                .map(|judgement| format!("{} in {}", judgement.rule, judgement.scenario))
                .collect::<Vec<_>>()
        };
        let clean = seen(&[]);
        for fault in faults().iter().filter(|fault| fault.is_interaction()) {
            if fault.fits(known) {
                assert_eq!(seen(&[fault.id.to_owned()]), clean, "{} on {id}", fault.id);
            }
        }
    }
}

#[test]
fn two_thousand_cases_find_each_and_show_only_what_matters() {
    let mut missed = Vec::new();
    for (fault, rule, parts) in MINIMAL {
        for id in dialects_of(fault) {
            if !is_found(fault, id, rule, parts) {
                missed.push(format!("{fault} on {id}"));
            }
        }
    }
    for (id, fault, rule, parts) in AT_ONCE {
        if !is_found(fault, id, rule, parts) {
            missed.push(format!("{fault} on {id}: {rule}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

/// Whether two thousand cases show that this rule is broken by exactly these parts.
fn is_found(fault: &str, id: &str, rule: &str, parts: &[&str]) -> bool {
    (0..20).any(|window| {
        let report = searched(id, fault, window * WINDOW);
        let findings = &report.generated.as_ref().expect("a search").findings;
        let mut of_rule = findings
            .iter()
            .filter(|finding| finding.rules.contains(&rule));
        of_rule.any(|finding| shown(finding) == parts)
    })
}

/// The dimensions of a finding, or its moves.
fn shown(finding: &Finding) -> Vec<&str> {
    let differences = finding.differences.iter();
    differences
        .map(|difference| match difference.split_once(' ') {
            Some((dimension, _)) if dimension != "move" => dimension,
            _ => difference.as_str(),
        })
        .collect()
}

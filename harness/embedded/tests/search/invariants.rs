//! What no sequence may do to sessions, each shown by a fault that does it.

use signoff_embedded::{dialect, search};
use signoff_engine::Search;
use signoff_engine::report::Finding;
use signoff_scenarios::generated::{Plan, Stage};

/// What has to hold, a fault that breaks it, and the rule that says so.
const INVARIANTS: &[(&str, &str, &str)] = &[
    (
        "an ended session never works again",
        "session-resurrected",
        "RPIL-2-29",
    ),
    (
        "an ended session is over at the server too",
        "cookie-only",
        "RPIL-2-29",
    ),
    ("nobody else's session ends", "hint-picks-victim", "CSS-18"),
    (
        "the same request twice is harmless",
        "second-error",
        "CSS-03",
    ),
    (
        "the same request twice at once is harmless",
        "overlap-crash",
        "CSS-03",
    ),
    (
        "an ended session stays ended although the same request was under way",
        "overlap-writes-back",
        "CSS-06",
    ),
    (
        "a used confirmation is worth nothing",
        "confirm-replay",
        "CSS-02",
    ),
];

/// The sequences of the plan, and nothing else.
fn sequences() -> Search {
    let plan = Plan::new(1);
    let count = |stage| u64::try_from(plan.length(stage)).expect("a small number");
    Search {
        from: count(Stage::Pairs) + count(Stage::Alone),
        cases: count(Stage::Sequence),
        ..Search::default()
    }
}

fn found(faults: &[&str]) -> Vec<Finding> {
    let oidc = dialect("oidc").expect("a dialect");
    let report = search::run(oidc, faults, sequences(), 1).expect("a world");
    report.generated.expect("a search").findings
}

#[test]
fn sequences_alone_find_nothing_on_the_clean_mock() {
    assert_eq!(found(&[]).len(), 0);
}

#[test]
fn each_invariant_is_broken_by_a_fault_and_shown_by_a_sequence() {
    for (what, fault, rule) in INVARIANTS {
        let findings = found(&[fault]);
        let shown = findings.iter().find(|f| f.rules.contains(rule));
        let shown = shown.unwrap_or_else(|| panic!("{what}: {fault}: {findings:#?}"));
        assert!(
            shown.differences.iter().all(|d| d.starts_with("move "))
                && shown.differences.len() <= 4,
            "{what}: {:?}",
            shown.differences
        );
    }
}

//! Generated cases on the mock in memory.

use signoff_embedded::{DIALECTS, dialect, search};
use signoff_engine::{Generated, RunReport, Search};
use std::collections::BTreeSet;

/// No hand-written scenario, only generated cases.
fn searched(id: &str, faults: &[&str], search: Search, seed: u64) -> RunReport {
    search::run(dialect(id).expect("a dialect"), faults, search, seed).expect("a world")
}

fn cases(cases: u64) -> Search {
    Search {
        cases,
        ..Search::default()
    }
}

fn generated(report: &RunReport) -> &Generated {
    report.generated.as_ref().expect("cases were generated")
}

#[test]
fn the_usual_cases_have_every_pair_and_find_nothing_on_the_clean_mock() {
    for id in DIALECTS {
        let report = searched(id, &[], Search::usual(), 1);
        let generated = generated(&report);
        assert_eq!(generated.violated, 0, "{id}: {}", report.complaint());
        // WorkOS has no words for the parameters that requests are generated of.
        let speaks = *id != "workos";
        assert_eq!(generated.kept > 1_000, speaks, "{id}: {}", generated.kept);
        if generated.not_applicable.is_empty() {
            assert_eq!(generated.pairs_missing, Vec::<String>::new(), "{id}");
            assert_eq!(generated.pairs_covered, generated.pairs_feasible);
        }
    }
}

#[test]
fn every_pair_occurs_on_the_dialects_that_can_be_told_everything() {
    for id in ["pingone", "oidc"] {
        let report = searched(id, &[], Search::usual(), 1);
        assert_eq!(generated(&report).not_applicable.len(), 0, "{id}");
    }
}

#[test]
fn a_thousand_drawn_cases_find_nothing_on_the_clean_mock() {
    for id in DIALECTS {
        let drawn = Search {
            from: 5_000,
            ..cases(500)
        };
        let report = searched(id, &[], drawn, 2);
        assert_eq!(
            generated(&report).violated,
            0,
            "{id}: {}",
            report.complaint()
        );
    }
}

#[test]
fn the_same_seed_finds_the_same_and_another_seed_the_same_defects() {
    let found = |seed| {
        let report = searched("oidc", &["redirect-any"], cases(450), seed);
        format!("{:?}", generated(&report).findings)
    };
    assert_eq!(found(1), found(1));
}

#[test]
fn one_defect_is_one_finding_however_many_cases_show_it() {
    let report = searched("oidc", &["redirect-any"], cases(450), 1);
    let findings = &generated(&report).findings;
    let differences: BTreeSet<&[String]> =
        findings.iter().map(|f| f.differences.as_slice()).collect();
    assert_eq!(differences.len(), findings.len(), "{findings:?}");
    let open = findings
        .iter()
        .find(|finding| finding.rules.contains(&"RPIL-3-04") && finding.differences.len() == 1);
    let open = open.expect("an open redirect with one difference");
    assert!(open.differences[0].starts_with("redirect "), "{open:?}");
    assert!(open.count > 5, "{open:?}");
    assert!(open.found_with > 1, "{open:?}");
}

#[test]
fn a_case_alone_is_the_case_among_others() {
    let among = Search {
        from: 480,
        ..cases(60)
    };
    let among = searched("oidc", &["redirect-any"], among, 1);
    let first = &generated(&among).findings[0];
    let alone = Search {
        from: first.index,
        ..cases(1)
    };
    let report = searched("oidc", &["redirect-any"], alone, 1);
    assert_eq!(
        generated(&report).findings[0].scenario.steps,
        first.scenario.steps
    );
}

#[test]
fn without_shrinking_a_failure_stays_as_it_was_found() {
    let raw = Search {
        shrink: false,
        from: 480,
        ..cases(60)
    };
    let report = searched("oidc", &["redirect-any"], raw, 1);
    let findings = &generated(&report).findings;
    assert!(!findings.is_empty());
    assert!(
        findings
            .iter()
            .all(|finding| finding.differences.len() == finding.found_with)
    );
}

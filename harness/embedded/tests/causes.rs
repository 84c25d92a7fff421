//! One defect is one finding: what a fault breaks is told under the rule that the fault names, with the others beside it.

use mock_idp_core::SignatureMemo;
use signoff_embedded::{dialect, kill};
use signoff_engine::causes::{Cause, causes};
use signoff_engine::{Judgement, Outcome, RunReport};

/// A fault, and the rule under which a reader wants to hear of it.
const TOLD: &[(&str, &str)] = &[
    ("hint-unverified", "RPIL-2-22"),
    ("hint-any-issuer", "RPIL-2-22"),
    ("redirect-javascript", "RPIL-3-04"),
    ("match-ignore-userinfo", "RPIL-3-04"),
    ("match-backslash", "RPIL-3-04"),
    ("client-id-ignored", "RPIL-2-05"),
    ("state-dropped", "RPIL-2-15"),
    ("cookie-only", "RPIL-2-29"),
    ("ends-all-users", "CSS-18"),
    ("confirm-form-tamper", "CSS-17"),
];

fn report(fault: &str) -> RunReport {
    let oidc = dialect("oidc").expect("a dialect");
    kill::run(oidc, &[fault.to_owned()], 1, &SignatureMemo::new()).expect("runs")
}

fn found(report: &RunReport) -> (usize, Vec<Cause>) {
    let broken: Vec<&Judgement> = report.with(Outcome::Violated).collect();
    (broken.len(), causes(&broken))
}

#[test]
fn a_defect_is_told_under_the_rule_that_says_it_most_exactly() {
    let mut wrong = Vec::new();
    for (fault, rule) in TOLD {
        let (broken, causes) = found(&report(fault));
        let told: usize = causes.iter().map(|cause| cause.judgements.len()).sum();
        assert_eq!(told, broken, "{fault}: each judgement belongs to one cause");
        let largest = causes.iter().max_by_key(|cause| cause.judgements.len());
        let lead = largest.map(|cause| (cause.lead, cause.judgements.len()));
        let Some((lead, judgements)) = lead else {
            panic!("{fault} breaks nothing");
        };
        if lead != *rule || judgements * 10 < broken * 8 {
            let leads: Vec<_> = causes
                .iter()
                .map(|c| (c.lead, c.judgements.len()))
                .collect();
            wrong.push(format!("{fault}: {leads:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn two_defects_are_two_findings() {
    let oidc = dialect("oidc").expect("a dialect");
    let faults = ["hint-unverified", "state-dropped"].map(str::to_owned);
    let report = kill::run(oidc, &faults, 1, &SignatureMemo::new()).expect("runs");
    let leads: Vec<&str> = found(&report).1.iter().map(|cause| cause.lead).collect();
    for lead in ["RPIL-2-22", "RPIL-2-15"] {
        assert!(leads.contains(&lead), "{leads:?}");
    }
}

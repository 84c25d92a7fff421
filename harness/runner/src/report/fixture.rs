//! A small run that has one of everything, for the tests of the formats.

use signoff_engine::report::{
    CaseReport, Drift, DriftKind, FailOn, FlakyCase, Judgement, NotApplicable, Outcome, RunReport,
    Summary,
};
use signoff_oidc::spec::{Level, Severity};
use std::collections::BTreeMap;

/// A case without findings.
pub(crate) fn case(scenario: &str) -> CaseReport {
    CaseReport {
        scenario: scenario.to_owned(),
        purpose: "A purpose.".to_owned(),
        not_applicable: None,
        error: None,
        transcript: format!("GET /signoff of {scenario}"),
        curl: Some("curl -i 'https://op.example/signoff'".to_owned()),
        behaviour: String::new(),
        duration_ms: 31,
    }
}

/// A judgement of the redirect rule.
pub(crate) fn judgement(outcome: Outcome, scenario: &str) -> Judgement {
    let broken = matches!(outcome, Outcome::Violated | Outcome::Known);
    Judgement {
        rule: "RPIL-3-04",
        name: "exact-redirect-uri",
        level: Level::MustNot,
        severity: Severity::Must,
        source: "RP-Initiated Logout 1.0 §3".to_owned(),
        outcome,
        scenario: scenario.to_owned(),
        generated: false,
        expected: if broken {
            vec!["an error page".to_owned(), "a question".to_owned()]
        } else {
            Vec::new()
        },
        actual: broken.then(|| "302 → https://rp.example/out/x".to_owned()),
        reason: (outcome != Outcome::Kept && outcome != Outcome::Violated)
            .then(|| "the reason".to_owned()),
        repeat: format!("signoff run {scenario} --dialect pingone"),
    }
}

/// The same with the level of a recommendation.
pub(crate) fn recommendation(outcome: Outcome, scenario: &str) -> Judgement {
    Judgement {
        rule: "RPIL-2-27",
        name: "asked-without-hint",
        level: Level::Should,
        severity: Severity::Should,
        source: "RP-Initiated Logout 1.0 §2".to_owned(),
        ..judgement(outcome, scenario)
    }
}

/// A run of these judgements, a case each.
pub(crate) fn run(judgements: Vec<Judgement>) -> RunReport {
    let with = |outcome| judgements.iter().filter(|j| j.outcome == outcome).count();
    let summary = Summary {
        cases: judgements.len(),
        requests: 12,
        sign_ins: 3,
        kept: with(Outcome::Kept),
        violated: with(Outcome::Violated),
        known: with(Outcome::Known),
        known_must: with(Outcome::Known),
        baselined: with(Outcome::Baselined),
        stale: with(Outcome::Stale),
        undecided: with(Outcome::Undecided),
        not_applicable: 1,
        drift: 0,
        duration_ms: 12_400,
    };
    RunReport {
        target: "embedded pingone".to_owned(),
        dialect: "pingone".to_owned(),
        description: "A product, version 1.2".to_owned(),
        edition: None,
        real: false,
        faults: Vec::new(),
        seed: 8817,
        selected: 215,
        rules: 214,
        deviations: 5,
        summary,
        cases: judgements.iter().map(|j| case(&j.scenario)).collect(),
        judgements,
        not_applicable: vec![NotApplicable {
            rule: "RPIL-2-18",
            reason: "the target refuses POST by declaration".to_owned(),
        }],
        drift: Vec::new(),
        undecided_rules: BTreeMap::new(),
        unreachable: None,
        generated: None,
        flaky: Vec::new(),
        part: None,
        fail_on: FailOn::default(),
    }
}

/// The run with a rule and a case that were flaky.
pub(crate) fn with_flaky(mut report: RunReport) -> RunReport {
    let flaky = |rule: Option<&str>, first: &str, then: &str| FlakyCase {
        scenario: "hint/absent".to_owned(),
        rule: rule.map(str::to_owned),
        first: first.to_owned(),
        repetition: 1,
        then: then.to_owned(),
    };
    report.flaky.push(flaky(
        Some("RPIL-3-04"),
        "broken at first: 302 → https://evil.test/",
        "kept",
    ));
    report.flaky.push(flaky(
        None,
        "the connection was closed",
        "it was played to its end",
    ));
    report
}

/// The run with one difference from a snapshot.
pub(crate) fn with_drift(mut report: RunReport) -> RunReport {
    report.summary.drift += 1;
    report.drift.push(Drift {
        scenario: "hint/absent".to_owned(),
        kind: DriftKind::Changed,
        diff: "-status 302\n+status 400".to_owned(),
    });
    report
}

//! The JSON report, read back: for a report that was kept, and for the parts of a run that was spread.

use serde::Deserialize;
use signoff_engine::report::{
    CaseReport, Drift, FailOn, Finding, Flaky, FlakyCase, Generated, Judgement, NotApplicable,
    Outcome, Part, RunReport, Summary,
};
use signoff_oidc::spec::Level;
use signoff_rules::{Rule, catalogue};
use signoff_scenarios::Scenario;
use std::collections::BTreeMap;

/// The report that this text holds. The error says what is wrong with it.
pub(crate) fn read(text: &str) -> Result<RunReport, String> {
    let stored: Stored = serde_json::from_str(text)
        .map_err(|error| format!("it is no JSON report of this version of signoff: {error}"))?;
    stored.report()
}

#[derive(Deserialize)]
struct Stored {
    target: String,
    dialect: String,
    edition: Option<String>,
    faults: Vec<String>,
    seed: u64,
    summary: Summary,
    judgements: Vec<StoredJudgement>,
    not_applicable: Vec<StoredNotApplicable>,
    unreachable: Option<String>,
    undecided_rules: BTreeMap<String, String>,
    drift: Vec<Drift>,
    cases: Vec<CaseReport>,
    generated: Option<StoredGenerated>,
    flaky: Vec<FlakyCase>,
    run: StoredRun,
    part: Option<Part>,
}

#[derive(Deserialize)]
struct StoredRun {
    #[serde(default)]
    description: String,
    real: bool,
    selected: usize,
    rules: usize,
    deviations: usize,
    fail_on: FailOn,
}

#[derive(Deserialize)]
struct StoredJudgement {
    rule: String,
    level: Level,
    outcome: Outcome,
    scenario: String,
    generated: bool,
    expected: Vec<String>,
    actual: Option<String>,
    reason: Option<String>,
    repeat: String,
}

#[derive(Deserialize)]
struct StoredNotApplicable {
    rule: String,
    reason: String,
}

#[derive(Deserialize)]
struct StoredGenerated {
    seed: u64,
    cases: u64,
    not_applicable: BTreeMap<String, u64>,
    #[serde(default)]
    errors: BTreeMap<String, u64>,
    requests: usize,
    sign_ins: usize,
    kept: u64,
    known: u64,
    undecided: u64,
    violated: u64,
    pairs_covered: usize,
    pairs_feasible: usize,
    pairs_infeasible: BTreeMap<String, usize>,
    pairs_missing: Vec<String>,
    classes: BTreeMap<String, u64>,
    rules: BTreeMap<String, u64>,
    findings: Vec<StoredFinding>,
    flaky: Vec<StoredFlaky>,
    stopped: Option<String>,
    duration_ms: u64,
}

#[derive(Deserialize)]
struct StoredFinding {
    rules: Vec<String>,
    scenario: Scenario,
    differences: Vec<String>,
    found_with: usize,
    index: u64,
    count: u64,
    expected: Vec<String>,
    actual: Option<String>,
}

#[derive(Deserialize)]
struct StoredFlaky {
    rule: String,
    index: u64,
    broken: u32,
    played: u32,
}

/// The rule of the catalogue. A report of another version may name one that is not there.
fn rule(id: &str) -> Result<&'static Rule, String> {
    catalogue::find(id).ok_or_else(|| {
        format!("it names the rule {id}, which this version of signoff does not have")
    })
}

fn ids(rules: &[String]) -> Result<Vec<&'static str>, String> {
    rules
        .iter()
        .map(|id| rule(id).map(|rule| rule.id))
        .collect()
}

impl Stored {
    fn report(self) -> Result<RunReport, String> {
        let real = self.run.real;
        let judgements = self.judgements.into_iter();
        let not_applicable = self.not_applicable.into_iter().map(|stored| {
            Ok(NotApplicable {
                rule: rule(&stored.rule)?.id,
                reason: stored.reason,
            })
        });
        let undecided = self.undecided_rules.into_iter();
        let undecided = undecided.map(|(id, why)| Ok((rule(&id)?.id, why)));
        Ok(RunReport {
            judgements: judgements
                .map(|stored| stored.judgement(real))
                .collect::<Result<_, String>>()?,
            not_applicable: not_applicable.collect::<Result<_, String>>()?,
            undecided_rules: undecided.collect::<Result<_, String>>()?,
            generated: self.generated.map(StoredGenerated::generated).transpose()?,
            target: self.target,
            dialect: self.dialect,
            edition: self.edition,
            description: self.run.description,
            real,
            faults: self.faults,
            seed: self.seed,
            selected: self.run.selected,
            rules: self.run.rules,
            deviations: self.run.deviations,
            summary: self.summary,
            cases: self.cases,
            drift: self.drift,
            unreachable: self.unreachable,
            fail_on: self.run.fail_on,
            flaky: self.flaky,
            part: self.part,
        })
    }
}

impl StoredJudgement {
    fn judgement(self, real: bool) -> Result<Judgement, String> {
        let rule = rule(&self.rule)?;
        Ok(Judgement {
            rule: rule.id,
            name: rule.name,
            level: self.level,
            severity: signoff_engine::judge::severity(rule, real),
            source: rule.source.to_string(),
            outcome: self.outcome,
            scenario: self.scenario,
            generated: self.generated,
            expected: self.expected,
            actual: self.actual,
            reason: self.reason,
            repeat: self.repeat,
        })
    }
}

impl StoredGenerated {
    fn generated(self) -> Result<Generated, String> {
        let rules = self.rules.into_iter();
        let rules = rules.map(|(id, count)| Ok((rule(&id)?.id, count)));
        let findings = self.findings.into_iter().map(|stored| {
            Ok(Finding {
                rules: ids(&stored.rules)?,
                scenario: stored.scenario,
                differences: stored.differences,
                found_with: stored.found_with,
                index: stored.index,
                count: stored.count,
                expected: stored.expected,
                actual: stored.actual,
            })
        });
        let flaky = self.flaky.into_iter().map(|stored| {
            Ok(Flaky {
                rule: rule(&stored.rule)?.id,
                index: stored.index,
                broken: stored.broken,
                played: stored.played,
            })
        });
        Ok(Generated {
            rules: rules.collect::<Result<_, String>>()?,
            findings: findings.collect::<Result<_, String>>()?,
            flaky: flaky.collect::<Result<_, String>>()?,
            seed: self.seed,
            cases: self.cases,
            not_applicable: self.not_applicable,
            errors: self.errors,
            requests: self.requests,
            sign_ins: self.sign_ins,
            kept: self.kept,
            known: self.known,
            undecided: self.undecided,
            violated: self.violated,
            pairs_covered: self.pairs_covered,
            pairs_feasible: self.pairs_feasible,
            pairs_infeasible: self.pairs_infeasible,
            pairs_missing: self.pairs_missing,
            classes: self.classes,
            stopped: self.stopped,
            duration_ms: self.duration_ms,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{judgement, recommendation, run, with_drift};

    fn written(report: &RunReport) -> String {
        let mut out = Vec::new();
        super::super::write(&mut out, report).expect("written");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn what_is_written_is_read_as_it_was() {
        let mut report = with_drift(run(vec![
            judgement(Outcome::Violated, "a"),
            judgement(Outcome::Known, "b"),
            recommendation(Outcome::Undecided, "c"),
        ]));
        report.undecided_rules.insert("RPIL-2-18", "why".to_owned());
        report.unreachable = Some("gone".to_owned());
        report.generated = Some(Generated {
            cases: 7,
            ..Generated::default()
        });
        let text = written(&report);
        let again = read(&text).expect("a report");
        assert_eq!(written(&again), text);
        assert_eq!(again.judgements[0].severity, report.judgements[0].severity);
        assert_eq!(
            again.judgements[0].name,
            catalogue::find("RPIL-3-04").expect("a rule").name
        );
    }

    #[test]
    fn other_files_and_other_versions_are_refused() {
        assert!(read("{}").is_err());
        assert!(read("no JSON").is_err());
        let report = written(&run(vec![judgement(Outcome::Kept, "a")]));
        let wrong = read(&report.replace("RPIL-3-04", "RPIL-99-99")).expect_err("no such rule");
        assert!(wrong.contains("RPIL-99-99"), "{wrong}");
    }
}

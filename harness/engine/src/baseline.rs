//! Known failures of a target, with their reason: the format of `--baseline FILE` and of a target's
//! `expected.json`. An entry that no longer shows is stale, so that a baseline cannot rot.

use crate::report::{Judgement, Outcome, RunReport};
use serde::{Deserialize, Serialize};

/// A baseline.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// The target it was made for.
    pub target: String,
    /// The known failures.
    pub expected: Vec<Expected>,
}

/// One known failure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// The rule that is broken.
    pub rule: String,
    /// The scenarios in which it is, by id. Every one of them has to show it, and no other may.
    pub scenarios: Vec<String>,
    /// Why it is known, and whether the specification bears it out.
    pub reason: String,
}

impl Baseline {
    /// Reads a baseline; the error says where it is wrong.
    pub fn parse(json: &str) -> Result<Self, String> {
        let baseline: Baseline = serde_json::from_str(json).map_err(|error| error.to_string())?;
        for entry in &baseline.expected {
            if signoff_rules::catalogue::find(&entry.rule).is_none() {
                return Err(format!("no rule is called {}", entry.rule));
            }
            if entry.scenarios.is_empty() || entry.reason.trim().is_empty() {
                return Err(format!(
                    "the entry for {} needs scenarios and a reason",
                    entry.rule
                ));
            }
        }
        Ok(baseline)
    }

    /// What a run would have to be compared with to be green, reasons left open.
    pub fn of(report: &RunReport) -> Self {
        let mut expected: Vec<Expected> = Vec::new();
        for judgement in report.with(Outcome::Violated) {
            match expected
                .iter_mut()
                .find(|entry| entry.rule == judgement.rule)
            {
                Some(entry) => entry.scenarios.push(judgement.scenario.clone()),
                None => expected.push(Expected {
                    rule: judgement.rule.to_owned(),
                    scenarios: vec![judgement.scenario.clone()],
                    reason: String::new(),
                }),
            }
        }
        Baseline {
            target: report.target.clone(),
            expected,
        }
    }

    /// Marks what is known in the report, and adds what no longer shows as stale. `complete` is false when
    /// scenarios or rules were left out, so that a missing one says nothing.
    pub fn apply(&self, report: &mut RunReport, complete: bool) {
        let mut stale = Vec::new();
        for entry in &self.expected {
            for scenario in &entry.scenarios {
                let found = report.judgements.iter_mut().find(|judgement| {
                    judgement.rule == entry.rule && judgement.scenario == *scenario
                });
                match found {
                    Some(judgement) if judgement.outcome == Outcome::Violated => {
                        judgement.outcome = Outcome::Baselined;
                        judgement.reason = Some(entry.reason.clone());
                    }
                    Some(judgement) => stale.push(gone(judgement.clone(), entry)),
                    None if complete => stale.extend(missing(report, entry, scenario)),
                    None => {}
                }
            }
        }
        report.judgements.extend(stale);
        report.add_up();
    }
}

fn gone(judgement: Judgement, entry: &Expected) -> Judgement {
    let actual = format!("the rule is {} here now", judgement.outcome.word());
    Judgement {
        outcome: Outcome::Stale,
        expected: vec![format!("the known failure: {}", entry.reason)],
        actual: Some(actual),
        reason: Some("remove the entry from the baseline".to_owned()),
        ..judgement
    }
}

/// An entry for a case that judged nothing: shown as stale under the rule's own name.
fn missing(report: &RunReport, entry: &Expected, scenario: &str) -> Option<Judgement> {
    let rule = signoff_rules::catalogue::find(&entry.rule)?;
    Some(Judgement {
        rule: rule.id,
        name: rule.name,
        level: rule.level,
        severity: rule.severity(),
        source: rule.source.to_string(),
        outcome: Outcome::Stale,
        scenario: scenario.to_owned(),
        generated: false,
        expected: vec![format!("the known failure: {}", entry.reason)],
        actual: Some("no such case was judged".to_owned()),
        reason: Some("remove the entry from the baseline".to_owned()),
        repeat: format!("signoff run {scenario} --target {}", report.target),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{FailOn, Summary};
    use signoff_oidc::spec::{Level, Severity};
    use std::collections::BTreeMap;

    fn judgement(rule: &'static str, scenario: &str, outcome: Outcome) -> Judgement {
        Judgement {
            rule,
            name: "n",
            level: Level::Must,
            severity: Severity::Must,
            source: String::new(),
            outcome,
            scenario: scenario.to_owned(),
            generated: false,
            expected: Vec::new(),
            actual: None,
            reason: None,
            repeat: String::new(),
        }
    }

    fn report(judgements: Vec<Judgement>) -> RunReport {
        RunReport {
            target: "t".into(),
            dialect: "oidc".into(),
            edition: None,
            faults: Vec::new(),
            seed: 1,
            rules: 1,
            summary: Summary::default(),
            judgements,
            not_applicable: Vec::new(),
            cases: Vec::new(),
            drift: Vec::new(),
            undecided_rules: BTreeMap::new(),
            unreachable: None,
            fail_on: FailOn::default(),
        }
    }

    fn baseline(scenario: &str) -> Baseline {
        let json = format!(
            r#"{{"target":"t","expected":[{{"rule":"RPIL-2-18","scenarios":["{scenario}"],"reason":"POST is off"}}]}}"#
        );
        Baseline::parse(&json).expect("parses")
    }

    #[test]
    fn a_known_failure_is_not_a_failure_and_one_more_is() {
        let mut run = report(vec![
            judgement("RPIL-2-18", "a/b", Outcome::Violated),
            judgement("RPIL-2-18", "a/c", Outcome::Violated),
        ]);
        baseline("a/b").apply(&mut run, true);
        assert_eq!(run.judgements[0].outcome, Outcome::Baselined);
        assert_eq!(run.judgements[1].outcome, Outcome::Violated);
    }

    #[test]
    fn what_no_longer_shows_is_stale() {
        let mut run = report(vec![judgement("RPIL-2-18", "a/b", Outcome::Kept)]);
        baseline("a/b").apply(&mut run, true);
        assert_eq!(run.with(Outcome::Stale).count(), 1);
        let mut run = report(Vec::new());
        baseline("a/gone").apply(&mut run, true);
        assert_eq!(run.with(Outcome::Stale).count(), 1);
        let mut partial = report(Vec::new());
        baseline("a/gone").apply(&mut partial, false);
        assert_eq!(
            partial.with(Outcome::Stale).count(),
            0,
            "a filtered run says nothing of what it left out"
        );
    }

    #[test]
    fn an_entry_without_a_rule_or_a_reason_is_refused() {
        assert!(
            Baseline::parse(
                r#"{"target":"t","expected":[{"rule":"RPIL-99","scenarios":["a"],"reason":"r"}]}"#
            )
            .is_err()
        );
        assert!(
            Baseline::parse(
                r#"{"target":"t","expected":[{"rule":"RPIL-2-18","scenarios":["a"],"reason":" "}]}"#
            )
            .is_err()
        );
        assert!(Baseline::parse(r#"{"target":"t","expected":[],"more":1}"#).is_err());
    }
}

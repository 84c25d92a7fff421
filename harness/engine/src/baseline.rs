//! Known failures of a target, with their reason: the format of `--baseline FILE` and of a target's
//! `expected.json`. An entry that no longer shows is stale, so that a baseline cannot rot.

use crate::report::{Judgement, Outcome, RunReport};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A rule and a scenario in which it is broken.
pub type Failure = (String, String);

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
    /// The day on which it was written down first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_seen: Option<Date>,
    /// The day of the last update that still saw it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<Date>,
    /// The last day on which it is accepted. Afterwards the entry is stale, whatever the target does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    #[serde(skip)]
    expired: bool,
}

impl Expected {
    fn places(&self) -> impl Iterator<Item = Failure> + '_ {
        let scenarios = self.scenarios.iter();
        scenarios.map(|scenario| (self.rule.clone(), scenario.clone()))
    }
}

/// What a new entry of a baseline says besides the failure.
#[derive(Debug, Clone, Copy)]
pub struct Note<'n> {
    /// Why it is accepted.
    pub reason: &'n str,
    /// Until when.
    pub until: Option<Date>,
}

impl Baseline {
    /// Reads a baseline as it holds on this day; the error says where it is wrong.
    pub fn parse(json: &str, today: Date) -> Result<Self, String> {
        let mut baseline: Baseline =
            serde_json::from_str(json).map_err(|error| error.to_string())?;
        let mut places = BTreeSet::new();
        for entry in &mut baseline.expected {
            if signoff_rules::catalogue::find(&entry.rule).is_none() {
                return Err(format!("no rule is called {}", entry.rule));
            }
            if entry.scenarios.is_empty() || entry.reason.trim().is_empty() {
                return Err(format!(
                    "the entry for {} needs scenarios and a reason",
                    entry.rule
                ));
            }
            entry.expired = entry.until.is_some_and(|until| until < today);
            for (rule, scenario) in entry.places() {
                if !places.insert((rule, scenario.clone())) {
                    return Err(format!("{} in {scenario} stands there twice", entry.rule));
                }
            }
        }
        Ok(baseline)
    }

    /// The file's text, the same for the same baseline.
    pub fn to_json(&self) -> String {
        // A struct of strings, lists and dates has no value that JSON could not hold.
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        format!("{text}\n")
    }

    /// Whether this failure is known, expired or not.
    pub fn knows(&self, failure: &Failure) -> bool {
        let mut entries = self.expected.iter();
        entries.any(|entry| entry.rule == failure.0 && entry.scenarios.contains(&failure.1))
    }

    /// The failures of `seen` that are not in it.
    pub fn unknown<'s>(&self, seen: &'s BTreeSet<Failure>) -> Vec<&'s Failure> {
        seen.iter().filter(|failure| !self.knows(failure)).collect()
    }

    /// The failures in it that are not among `seen`.
    pub fn gone(&self, seen: &BTreeSet<Failure>) -> Vec<Failure> {
        let all = self.expected.iter().flat_map(Expected::places);
        all.filter(|failure| !seen.contains(failure)).collect()
    }

    /// The rules of the entries that were accepted until a day that is over.
    pub fn expired(&self) -> Vec<&Expected> {
        self.expected.iter().filter(|entry| entry.expired).collect()
    }

    /// Writes down what was seen on this day: known failures are dated, others become entries, one a rule. What was
    /// not seen stays, for [`Baseline::prune`]. The number of failures that were added.
    pub fn update(&mut self, seen: &BTreeSet<Failure>, note: Note<'_>, today: Date) -> usize {
        let unknown: Vec<Failure> = self.unknown(seen).into_iter().cloned().collect();
        for entry in &mut self.expected {
            if entry.places().any(|place| seen.contains(&place)) {
                entry.last_seen = Some(today);
            }
        }
        let first_new = self.expected.len();
        for (rule, scenario) in &unknown {
            match self.expected[first_new..]
                .iter_mut()
                .find(|e| e.rule == *rule)
            {
                Some(entry) => entry.scenarios.push(scenario.clone()),
                None => self.expected.push(Expected {
                    rule: rule.clone(),
                    scenarios: vec![scenario.clone()],
                    reason: note.reason.to_owned(),
                    first_seen: Some(today),
                    last_seen: Some(today),
                    until: note.until,
                    expired: false,
                }),
            }
        }
        unknown.len()
    }

    /// Takes out what no longer shows. The number of failures that were taken out.
    pub fn prune(&mut self, seen: &BTreeSet<Failure>) -> usize {
        let gone = self.gone(seen).len();
        for entry in &mut self.expected {
            let rule = entry.rule.clone();
            entry
                .scenarios
                .retain(|scenario| seen.contains(&(rule.clone(), scenario.clone())));
        }
        self.expected.retain(|entry| !entry.scenarios.is_empty());
        gone
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
                    Some(judgement) if entry.expired => {
                        stale.push(expired(judgement.clone(), entry));
                    }
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

fn expired(judgement: Judgement, entry: &Expected) -> Judgement {
    let until = entry
        .until
        .map_or_else(String::new, |until| until.to_string());
    Judgement {
        outcome: Outcome::Stale,
        expected: vec![format!("the known failure: {}", entry.reason)],
        actual: Some(format!(
            "the entry was accepted until {until}, and that is over"
        )),
        reason: Some("mend the target, or decide anew and set another `until`".to_owned()),
        ..judgement
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
            description: String::new(),
            edition: None,
            real: true,
            faults: Vec::new(),
            seed: 1,
            selected: 1,
            rules: 1,
            deviations: 0,
            summary: Summary::default(),
            judgements,
            not_applicable: Vec::new(),
            cases: Vec::new(),
            drift: Vec::new(),
            undecided_rules: BTreeMap::new(),
            unreachable: None,
            generated: None,
            flaky: Vec::new(),
            part: None,
            fail_on: FailOn::default(),
        }
    }

    fn baseline(scenario: &str) -> Baseline {
        let json = format!(
            r#"{{"target":"t","expected":[{{"rule":"RPIL-2-18","scenarios":["{scenario}"],"reason":"POST is off"}}]}}"#
        );
        Baseline::parse(&json, today()).expect("parses")
    }

    fn today() -> Date {
        jiff::civil::date(2026, 11, 21)
    }

    fn seen(failures: &[(&str, &str)]) -> BTreeSet<Failure> {
        let owned = |(rule, scenario): &(&str, &str)| ((*rule).to_owned(), (*scenario).to_owned());
        failures.iter().map(owned).collect()
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
    fn an_entry_that_is_over_is_stale_although_it_shows() {
        let text = |until: &str| {
            format!(
                r#"{{"target":"t","expected":[{{"rule":"RPIL-2-18","scenarios":["a/b"],"reason":"r","until":"{until}"}}]}}"#
            )
        };
        let outcome = |until: &str| {
            let mut run = report(vec![judgement("RPIL-2-18", "a/b", Outcome::Violated)]);
            let baseline = Baseline::parse(&text(until), today()).expect("parses");
            baseline.apply(&mut run, true);
            (
                run.with(Outcome::Baselined).count(),
                run.with(Outcome::Stale).count(),
                run.with(Outcome::Violated).count(),
            )
        };
        assert_eq!(outcome("2026-11-21"), (1, 0, 0), "the last day counts");
        assert_eq!(outcome("2026-11-20"), (0, 1, 1));
        assert!(Baseline::parse(&text("soon"), today()).is_err());
    }

    #[test]
    fn an_update_dates_what_is_known_and_adds_what_is_not() {
        let mut known = baseline("a/b");
        let note = Note {
            reason: "ticket 7",
            until: None,
        };
        let shown = seen(&[
            ("RPIL-2-18", "a/b"),
            ("RPIL-3-04", "a/c"),
            ("RPIL-3-04", "a/d"),
        ]);
        assert_eq!(known.update(&shown, note, today()), 2);
        assert_eq!(known.expected[0].last_seen, Some(today()));
        assert_eq!(known.expected[0].reason, "POST is off");
        assert_eq!(known.expected[1].scenarios, ["a/c", "a/d"]);
        assert_eq!(known.expected[1].first_seen, Some(today()));
        let again = Baseline::parse(&known.to_json(), today()).expect("parses");
        assert_eq!(again, known, "what is written can be read");
        assert_eq!(known.update(&shown, note, today()), 0);
    }

    #[test]
    fn pruning_takes_out_what_no_longer_shows_and_nothing_else() {
        let mut known = baseline("a/b");
        let note = Note {
            reason: "r",
            until: None,
        };
        known.update(
            &seen(&[("RPIL-3-04", "a/c"), ("RPIL-3-04", "a/d")]),
            note,
            today(),
        );
        assert_eq!(known.prune(&seen(&[("RPIL-3-04", "a/d")])), 2);
        assert_eq!(known.expected.len(), 1);
        assert_eq!(known.expected[0].scenarios, ["a/d"]);
    }

    #[test]
    fn an_entry_without_a_rule_or_a_reason_is_refused() {
        assert!(
            Baseline::parse(
                r#"{"target":"t","expected":[{"rule":"RPIL-99","scenarios":["a"],"reason":"r"}]}"#,
                today()
            )
            .is_err()
        );
        assert!(
            Baseline::parse(
                r#"{"target":"t","expected":[{"rule":"RPIL-2-18","scenarios":["a"],"reason":" "}]}"#,
                today()
            )
            .is_err()
        );
        assert!(Baseline::parse(r#"{"target":"t","expected":[],"more":1}"#, today()).is_err());
    }
}

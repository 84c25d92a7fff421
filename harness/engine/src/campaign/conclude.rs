//! What is left when all cases are done: rules without a verdict, and declared differences that explained nothing.

use crate::baseline::Baseline;
use crate::dialects;
use crate::judge::{self, Weighed};
use crate::report::{NotApplicable, Outcome, RunReport};
use serde::{Deserialize, Deserializer, Serialize};
use signoff_rules::catalogue;
use signoff_rules::rule::{Judge, Rule};
use std::collections::{BTreeMap, BTreeSet};

/// What the conclusions of a run stand on besides its cases. It is the same for every part of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whole {
    /// The selected rules.
    #[serde(deserialize_with = "rule_ids")]
    pub rules: Vec<&'static str>,
    /// The ids of the selected scenarios, in their order.
    pub scenarios: Vec<String>,
    /// True when no scenario was left out.
    pub complete: bool,
    /// The words with which a case is repeated at this target.
    pub repeat_with: String,
    /// The declared differences: reason and source of each.
    pub deviations: Vec<(String, String)>,
    /// How many of them, the last ones, are declared for the target itself.
    pub own_deviations: usize,
    /// The known failures.
    pub baseline: Option<Baseline>,
}

/// Per rule: what became of it over the run.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Tally {
    /// The place of the case that is judged; 0 for the metadata.
    #[serde(skip)]
    pub(super) at: usize,
    pub(super) decided: BTreeSet<String>,
    /// Where it was undecided first, and why.
    pub(super) undecided: BTreeMap<String, (usize, String)>,
    pub(super) not_mine: BTreeMap<String, BTreeMap<String, usize>>,
    pub(super) left_out: BTreeMap<String, usize>,
    pub(super) excused: BTreeSet<(usize, String)>,
    /// By deviation and then by rule: where the rule was kept first although the deviation's `when` held.
    pub(super) kept_in_spite: BTreeMap<usize, BTreeMap<String, (usize, String)>>,
}

fn rule_ids<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<&'static str>, D::Error> {
    let ids: Vec<String> = Vec::deserialize(deserializer)?;
    let known = |id: &String| {
        let unknown = || serde::de::Error::custom(format!("no rule is called {id}"));
        catalogue::find(id).map(|rule| rule.id).ok_or_else(unknown)
    };
    ids.iter().map(known).collect()
}

/// The selected rules that are judged and speak for this product.
pub(super) fn judged(
    selected: &[&'static str],
    dialect: &str,
    edition: Option<&str>,
) -> Vec<&'static Rule> {
    let selected = selected.iter().filter_map(|id| catalogue::find(id));
    selected
        .filter(|rule| {
            rule.is_judged()
                && rule.speaks_for(dialect, edition)
                && unjudgeable(rule, dialect).is_none()
        })
        .collect()
}

/// Why a rule speaks of something that the product does not have.
fn unjudgeable(rule: &Rule, dialect: &str) -> Option<&'static str> {
    dialects::find(dialect)?.unjudgeable(rule)
}

impl Tally {
    pub(super) fn count(&mut self, rule: &'static Rule, weighed: &Weighed, scenario: &str) {
        match weighed.outcome {
            Outcome::NotApplicable => {
                let why = weighed.reason.clone().unwrap_or_default();
                let reasons = self.not_mine.entry(rule.id.to_owned()).or_default();
                *reasons.entry(why).or_default() += 1;
            }
            Outcome::Undecided => {
                let why = weighed.reason.clone().unwrap_or_default();
                let at = self.at;
                self.undecided
                    .entry(rule.id.to_owned())
                    .or_insert_with(|| (at, format!("{why} (in {scenario})")));
            }
            _ => self.decide(rule.id),
        }
    }

    /// Remembers that a rule was decided.
    pub(super) fn decide(&mut self, rule: &str) {
        if !self.decided.contains(rule) {
            self.decided.insert(rule.to_owned());
        }
    }

    /// Remembers that a declared difference explained something.
    pub(super) fn excuse(&mut self, deviation: usize, rule: &str) {
        self.excused.insert((deviation, rule.to_owned()));
    }

    /// Remembers that a rule was kept where a difference is declared.
    pub(super) fn keep_in_spite(&mut self, deviation: usize, rule: &str, scenario: &str) {
        let at = self.at;
        let rules = self.kept_in_spite.entry(deviation).or_default();
        rules
            .entry(rule.to_owned())
            .or_insert_with(|| (at, scenario.to_owned()));
    }

    /// Adds what another part has come to.
    pub(super) fn join(&mut self, other: Tally) {
        self.decided.extend(other.decided);
        self.excused.extend(other.excused);
        for (rule, found) in other.undecided {
            earlier(&mut self.undecided, rule, found);
        }
        for (rule, reasons) in other.not_mine {
            let sums = self.not_mine.entry(rule).or_default();
            for (why, count) in reasons {
                *sums.entry(why).or_default() += count;
            }
        }
        for (why, count) in other.left_out {
            *self.left_out.entry(why).or_default() += count;
        }
        for (deviation, rules) in other.kept_in_spite {
            let known = self.kept_in_spite.entry(deviation).or_default();
            for (rule, found) in rules {
                earlier(known, rule, found);
            }
        }
    }

    /// Says of every selected rule that was judged in no case why, and which declared differences are stale.
    pub(super) fn conclude(self, whole: &Whole, report: &mut RunReport) {
        let edition = report.edition.clone();
        let rules = judged(&whole.rules, &report.dialect, edition.as_deref());
        for rule in rules.iter().filter(|rule| !self.decided.contains(rule.id)) {
            match self.undecided.get(rule.id) {
                Some((_, why)) => drop(report.undecided_rules.insert(rule.id, why.clone())),
                None => report.not_applicable.push(NotApplicable {
                    rule: rule.id,
                    reason: self.why_not(rule.id),
                }),
            }
        }
        for rule in whole.rules.iter().filter_map(|id| catalogue::find(id)) {
            let reason = if let Judge::Not(why, reason) = rule.judge {
                format!("{}: {reason}", why.word())
            } else if !rule.speaks_for(&report.dialect, edition.as_deref()) {
                "speaks for another product or edition".to_owned()
            } else if let Some(why) = unjudgeable(rule, &report.dialect) {
                why.to_owned()
            } else {
                continue;
            };
            report.not_applicable.push(NotApplicable {
                rule: rule.id,
                reason,
            });
        }
        if whole.complete && report.faults.is_empty() {
            let stale = self.stale(whole, report);
            report.judgements.extend(stale);
        }
    }

    fn why_not(&self, rule: &str) -> String {
        let reasons = self.not_mine.get(rule);
        let common = reasons
            .and_then(|reasons| reasons.iter().max_by_key(|(_, count)| **count))
            .map_or("no case was judged", |(why, _)| why.as_str());
        let left_out: Vec<String> = self
            .left_out
            .iter()
            .map(|(why, count)| format!("{why} ({count} cases)"))
            .collect();
        if left_out.is_empty() {
            format!("no case showed it: {common}")
        } else {
            format!(
                "no case showed it: {common}; left out: {}",
                left_out.join(", ")
            )
        }
    }

    /// A deviation whose `when` held where its rule was kept, and which explained nothing in the whole run.
    /// On a real target an entry of the dialect is only noted: a product may get better.
    fn stale(&self, whole: &Whole, report: &RunReport) -> Vec<crate::report::Judgement> {
        let first_own = whole.deviations.len() - whole.own_deviations;
        let red = |at: usize| !report.real || at >= first_own;
        let mut stale = Vec::new();
        for (at, rules) in self.kept_in_spite.iter().filter(|(at, _)| red(**at)) {
            let Some((reason, source)) = whole.deviations.get(*at) else {
                continue;
            };
            for (id, (_, scenario)) in rules {
                let rule = catalogue::find(id);
                let Some(rule) = rule.filter(|_| !self.excused.contains(&(*at, id.clone()))) else {
                    continue;
                };
                let weighed = Weighed {
                    outcome: Outcome::Stale,
                    expected: vec![format!("the declared difference: {reason}")],
                    actual: Some("the rule is kept wherever the difference could show".to_owned()),
                    reason: Some(source.clone()),
                    excused_by: None,
                };
                let about = judge::About {
                    real: report.real,
                    repeat_with: &whole.repeat_with,
                };
                stale.push(judge::judgement(
                    rule,
                    about,
                    scenario,
                    weighed,
                    str::to_owned,
                ));
            }
        }
        stale
    }
}

/// Keeps what came first in the order of the cases.
fn earlier(known: &mut BTreeMap<String, (usize, String)>, rule: String, found: (usize, String)) {
    match known.get_mut(&rule) {
        Some(known) if known.0 <= found.0 => {}
        Some(known) => *known = found,
        None => drop(known.insert(rule, found)),
    }
}

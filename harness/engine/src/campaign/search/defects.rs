//! Which failures are the same defect, and how a defect is told.

use super::{Progress, Work};
use crate::campaign::{Listener, case_report};
use crate::generated::{Finding, Flaky};
use crate::judge::{self, About, Weighed};
use crate::report::Outcome;
use crate::run::Played;
use crate::wire::Wire;
use signoff_rules::rule::Rule;
use signoff_scenarios::Scenario;
use signoff_scenarios::generated::Trial;
use std::collections::BTreeSet;

/// What was found of one defect.
pub(super) struct Group {
    pub(super) rules: BTreeSet<&'static str>,
    pub(super) parts: Vec<String>,
    pub(super) trial: Trial,
    pub(super) found_with: usize,
    pub(super) index: u64,
    pub(super) count: u64,
}

impl Work<'_> {
    /// Plays the shortest example of each defect once more, with everything a reader needs.
    pub(super) async fn tell<W: Wire>(
        &mut self,
        wire: &mut W,
        listener: &mut dyn Listener,
        progress: &mut Progress,
    ) {
        progress.settle();
        let groups = std::mem::take(&mut progress.groups);
        let mut names: BTreeSet<String> = BTreeSet::new();
        for (number, group) in groups.into_iter().enumerate() {
            let scenario = named(&group.trial, &mut names);
            let started = (self.elapsed)();
            let played = self.play(wire, &scenario).await;
            let rules = self.rules.iter().copied();
            let rules: Vec<&'static Rule> =
                rules.filter(|rule| group.rules.contains(rule.id)).collect();
            let weighed = self.weigh(wire, &scenario, &played, &rules, false).await;
            self.forget_controls();
            // A target in memory answers the same to the same, and one that is gone shows nothing.
            let may_differ = self.campaign.target.real && played.error.is_none();
            if may_differ && !weighed.iter().any(|(_, w)| w.outcome == Outcome::Violated) {
                progress.unsteady(&group);
                continue;
            }
            let finding = finding(&group, &scenario, &weighed, &played);
            let mut judgements = Vec::new();
            for (rule, weighed) in weighed {
                if weighed.outcome != Outcome::Violated {
                    continue;
                }
                let mask = |text: &str| played.names.mask(text);
                let about = About::target(&self.campaign.target);
                let mut judgement = judge::judgement(rule, about, &scenario.id, weighed, mask);
                judgement.generated = true;
                let seen = judgement.actual.unwrap_or_default();
                judgement.actual = Some(format!("{seen} ({})", found_how(&finding)));
                judgement.repeat = format!(
                    "signoff run --case {} --seed {} {}",
                    group.index, self.campaign.seed, about.repeat_with
                );
                judgements.push(judgement);
            }
            let duration = (self.elapsed)().saturating_sub(started);
            let case = case_report(&scenario, &played, duration);
            self.finish(case, judgements, number + 1, listener);
            progress.generated.findings.push(finding);
        }
    }
}

impl Progress {
    /// What breaks a rule that a plainer case breaks already is put to that: a sequence has many ways to show one defect.
    pub(super) fn put_to_plainer(&mut self, rules: &mut BTreeSet<&'static str>) {
        for group in &mut self.groups {
            let before = rules.len();
            rules.retain(|rule| !group.rules.contains(rule));
            if rules.len() < before {
                group.count += 1;
            }
        }
    }

    /// What was found and does not show when it is to be told is no finding.
    fn unsteady(&mut self, group: &Group) {
        let flaky = group.rules.iter().copied().map(|rule| Flaky {
            rule,
            index: group.index,
            broken: 1,
            played: 2,
        });
        self.generated.flaky.extend(flaky);
    }

    /// What more differences show than fewer of the same is no defect of its own: the rules that the fewer break are
    /// theirs.
    fn settle(&mut self) {
        let plainer: Vec<(Vec<String>, BTreeSet<&'static str>)> = self
            .groups
            .iter()
            .map(|group| (group.parts.clone(), group.rules.clone()))
            .collect();
        for group in &mut self.groups {
            for (parts, rules) in &plainer {
                let within = parts.len() < group.parts.len()
                    && parts.iter().all(|part| group.parts.contains(part));
                if within {
                    group.rules.retain(|rule| !rules.contains(rule));
                }
            }
        }
        self.groups.retain(|group| !group.rules.is_empty());
    }

    /// The same differences are the same defect: counted once more, the shorter example kept.
    pub(super) fn add(&mut self, group: Group) {
        let same = self
            .groups
            .iter_mut()
            .find(|known| known.parts == group.parts && !known.rules.is_disjoint(&group.rules));
        match same {
            Some(known) => {
                known.count += 1;
                known.rules.extend(group.rules);
            }
            None => self.groups.push(group),
        }
    }
}

/// The example under a name made from what it shows.
fn named(trial: &Trial, names: &mut BTreeSet<String>) -> Scenario {
    let parts: Vec<String> = trial
        .differences()
        .iter()
        .map(|difference| difference.trim_start_matches("move ").replace(' ', "-"))
        .collect();
    let base = if parts.is_empty() {
        "generated/orderly".to_owned()
    } else {
        format!("generated/{}", parts.join("/"))
    };
    let mut id = base.clone();
    for further in 2.. {
        if names.insert(id.clone()) {
            break;
        }
        id = format!("{base}-{further}");
    }
    trial.scenario(id)
}

fn finding(
    group: &Group,
    scenario: &Scenario,
    weighed: &[(&'static Rule, Weighed)],
    played: &Played,
) -> Finding {
    let first = weighed
        .iter()
        .map(|(_, weighed)| weighed)
        .find(|weighed| weighed.outcome == Outcome::Violated);
    let actual = first.and_then(|weighed| weighed.actual.as_deref());
    Finding {
        rules: group.rules.iter().copied().collect(),
        scenario: scenario.clone(),
        differences: group.trial.differences(),
        found_with: group.found_with,
        index: group.index,
        count: group.count,
        expected: first.map_or_else(Vec::new, |weighed| weighed.expected.clone()),
        actual: actual.map(|text| played.names.mask(text)),
    }
}

/// `shrunk from 7 differences to 1; shown by 12 cases`.
fn found_how(finding: &Finding) -> String {
    let count = match finding.count {
        1 => "1 case".to_owned(),
        count => format!("{count} cases"),
    };
    format!(
        "shrunk from {} differences to {}; shown by {count}",
        finding.found_with,
        finding.differences.len()
    )
}

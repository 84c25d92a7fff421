//! Failures as people act on them: each cause once, with all the sentences that it breaks and all the cases that show it.

use signoff_engine::causes::causes;
use signoff_engine::report::{CaseReport, FailOn, Judgement, Outcome, RunReport};
use signoff_oidc::spec::Severity;
use signoff_rules::{Rule, catalogue};
use std::collections::{BTreeMap, BTreeSet};

/// What a judgement is called where it is shown, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mark {
    /// It makes the run fail.
    Fail,
    /// A declared difference or a known failure is no longer there.
    Stale,
    /// It is broken, and the run does not fail for it.
    Warn,
    /// It is broken, and only noted.
    Note,
}

impl Mark {
    /// Nothing for what is in order, known or undecided.
    pub(crate) fn of(judgement: &Judgement, fail_on: FailOn) -> Option<Mark> {
        match (judgement.outcome, judgement.severity) {
            (Outcome::Stale, _) => Some(Mark::Stale),
            (Outcome::Violated, Severity::Must) if fail_on.must => Some(Mark::Fail),
            (Outcome::Violated, Severity::Should) if fail_on.should => Some(Mark::Fail),
            (Outcome::Violated, Severity::Note) => Some(Mark::Note),
            (Outcome::Violated, _) => Some(Mark::Warn),
            _ => None,
        }
    }

    /// The word in capitals.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Mark::Fail => "FAIL",
            Mark::Stale => "STALE",
            Mark::Warn => "WARN",
            Mark::Note => "NOTE",
        }
    }
}

/// What one cause breaks, or what is stale for one rule.
pub(crate) struct Finding<'r> {
    pub(crate) mark: Mark,
    /// At least one; those of the rule under which it is told stand first, in the order of the cases.
    pub(crate) judgements: Vec<&'r Judgement>,
    /// The other rules that the same cause breaks.
    pub(crate) also: Vec<&'static Rule>,
    report: &'r RunReport,
}

impl<'r> Finding<'r> {
    /// What failed, in the order of the first failures; what is stale is not among them.
    pub(crate) fn failures(report: &'r RunReport) -> Vec<Finding<'r>> {
        let broken: Vec<&Judgement> = report.with(Outcome::Violated).collect();
        let found = causes(&broken).into_iter().filter_map(|cause| {
            let judgements: Vec<&Judgement> =
                cause.judgements.iter().map(|at| broken[*at]).collect();
            Some(Finding {
                mark: Mark::of(judgements.first()?, report.fail_on)?,
                judgements,
                also: cause
                    .also
                    .iter()
                    .filter_map(|id| catalogue::find(id))
                    .collect(),
                report,
            })
        });
        found.collect()
    }

    /// Everything that has a mark: what failed, and then what is stale.
    pub(crate) fn all(report: &'r RunReport) -> Vec<Finding<'r>> {
        let mut stale: BTreeMap<&str, Vec<&Judgement>> = BTreeMap::new();
        for judgement in report.with(Outcome::Stale) {
            stale.entry(judgement.rule).or_default().push(judgement);
        }
        let stale = stale.into_values().map(|judgements| Finding {
            mark: Mark::Stale,
            judgements,
            also: Vec::new(),
            report,
        });
        Finding::failures(report).into_iter().chain(stale).collect()
    }

    /// The cases that show it, each once, by the first judgement of each.
    pub(crate) fn cases(&self) -> Vec<&'r Judgement> {
        let mut named = BTreeSet::new();
        let all = self.judgements.iter().copied();
        all.filter(|judgement| named.insert(&judgement.scenario))
            .collect()
    }

    /// The other sentences that it breaks, by document and section: `RP-Initiated Logout 1.0 §4 (RPIL-4-01, RPIL-4-04)`.
    pub(crate) fn references(&self) -> Vec<String> {
        references(&self.also)
    }

    /// The failure that is shown in full.
    pub(crate) fn first(&self) -> &'r Judgement {
        self.judgements[0]
    }

    /// Its case.
    pub(crate) fn case(&self) -> Option<&'r CaseReport> {
        let scenario = &self.first().scenario;
        self.report
            .cases
            .iter()
            .find(|case| case.scenario == *scenario)
    }

    /// Its rule.
    pub(crate) fn rule(&self) -> Option<&'static Rule> {
        catalogue::find(self.first().rule)
    }

    /// The document and section on the web, where there is such.
    pub(crate) fn link(&self) -> Option<&'static str> {
        self.rule().and_then(|rule| rule.source.document.url())
    }
}

/// Rules by document and section, in the order in which these occur first.
pub(crate) fn references(rules: &[&'static Rule]) -> Vec<String> {
    let mut places: Vec<(String, Vec<&'static str>)> = Vec::new();
    for rule in rules {
        let source = rule.source.to_string();
        match places.iter_mut().find(|(known, _)| *known == source) {
            Some((_, ids)) => ids.push(rule.id),
            None => places.push((source, vec![rule.id])),
        }
    }
    places
        .into_iter()
        .map(|(source, ids)| format!("{source} ({})", ids.join(", ")))
        .collect()
}

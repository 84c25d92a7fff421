//! Failures as people act on them: each rule once, with all the cases that show it.

use signoff_engine::report::{CaseReport, FailOn, Judgement, Outcome, RunReport};
use signoff_oidc::spec::Severity;
use signoff_rules::{Rule, catalogue};
use std::collections::BTreeMap;

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

/// The failures of one rule.
#[derive(Debug)]
pub(crate) struct Finding<'r> {
    pub(crate) mark: Mark,
    /// At least one, in the order of the cases.
    pub(crate) judgements: Vec<&'r Judgement>,
    report: &'r RunReport,
}

impl<'r> Finding<'r> {
    /// What failed, in the order of the first failures; what is stale is not among them.
    pub(crate) fn failures(report: &'r RunReport) -> Vec<Finding<'r>> {
        let mut all = Finding::all(report);
        all.retain(|finding| finding.mark != Mark::Stale);
        all
    }

    /// Everything that has a mark, in the order of the first failures.
    pub(crate) fn all(report: &'r RunReport) -> Vec<Finding<'r>> {
        let mut places: BTreeMap<(Mark, &str), usize> = BTreeMap::new();
        let mut findings: Vec<Finding<'r>> = Vec::new();
        for judgement in &report.judgements {
            let Some(mark) = Mark::of(judgement, report.fail_on) else {
                continue;
            };
            let at = *places
                .entry((mark, judgement.rule))
                .or_insert(findings.len());
            match findings.get_mut(at) {
                Some(finding) => finding.judgements.push(judgement),
                None => findings.push(Finding {
                    mark,
                    judgements: vec![judgement],
                    report,
                }),
            }
        }
        findings
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

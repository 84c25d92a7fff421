//! What a search with generated cases came to: coverage, cost, and its findings.

use serde::Serialize;
use signoff_scenarios::Scenario;
use std::collections::BTreeMap;

/// The generated cases of a run.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Generated {
    /// The seed; with the index of a case it gives that case again.
    pub seed: u64,
    /// Cases that were tried.
    pub cases: u64,
    /// Those of them that this target cannot play, by reason.
    pub not_applicable: BTreeMap<String, u64>,
    /// Those that could not be played to their end, by what happened.
    pub errors: BTreeMap<String, u64>,
    /// Requests that went out, those of controls and of shrinking included.
    pub requests: usize,
    /// Sign-ins that were made, likewise.
    pub sign_ins: usize,
    /// Judgements by outcome, one a rule and case.
    pub kept: u64,
    /// …
    pub known: u64,
    /// …
    pub undecided: u64,
    /// …
    pub violated: u64,
    /// Pairs of classes that occurred in some case that was played.
    pub pairs_covered: usize,
    /// Pairs that some request can have.
    pub pairs_feasible: usize,
    /// Pairs that no request can have: how many, by reason.
    pub pairs_infeasible: BTreeMap<String, usize>,
    /// The feasible pairs that did not occur, in words; at most a hundred.
    pub pairs_missing: Vec<String>,
    /// How often each class that differs from the orderly request was played: `redirect fragment`.
    pub classes: BTreeMap<String, u64>,
    /// How often each rule was decided.
    pub rules: BTreeMap<&'static str, u64>,
    /// What was found, each defect once.
    pub findings: Vec<Finding>,
    /// Failures that did not show every time the case was repeated.
    pub flaky: Vec<Flaky>,
    /// Why the search ended before all its cases were tried, if it did.
    pub stopped: Option<String>,
    /// How long it took, in milliseconds; 0 where no clock is at hand.
    pub duration_ms: u64,
}

/// One defect, by its shortest example.
#[derive(Debug, Clone, Serialize)]
pub struct Finding {
    /// The rules that the example breaks.
    pub rules: Vec<&'static str>,
    /// The example.
    pub scenario: Scenario,
    /// What in it differs from the orderly request: `redirect fragment`.
    pub differences: Vec<String>,
    /// How many differences the case had in which it was found first.
    pub found_with: usize,
    /// The index of that case.
    pub index: u64,
    /// How many cases showed the same.
    pub count: u64,
    /// What would have been right, by the first of the rules.
    pub expected: Vec<String>,
    /// What was seen instead, masked.
    pub actual: Option<String>,
}

/// A failure that did not show every time its case was played: no finding, but worth a look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Flaky {
    /// The rule.
    pub rule: &'static str,
    /// The index of the case.
    pub index: u64,
    /// In how many plays it was broken.
    pub broken: u32,
    /// How many plays there were.
    pub played: u32,
}

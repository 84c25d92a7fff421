//! What a run tells: judgements, cases, the sum, and the exit code. Reporters read this and nothing else.

pub use crate::campaign::{Part, Partition};
pub use crate::generated::{Finding, Flaky, Generated};
use serde::{Deserialize, Serialize};
use signoff_oidc::spec::{Level, Severity};
use std::collections::BTreeMap;

/// The six outcomes of a judgement, and one for what a baseline knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The rule does not speak of any sign-off of the case.
    NotApplicable,
    /// It holds, and there is evidence.
    Kept,
    /// It speaks, but what was seen does not tell.
    Undecided,
    /// It is broken where a baseline says that it is.
    Baselined,
    /// It is broken where a declared deviation says that it is.
    Known,
    /// It is kept where a deviation says that it is broken.
    Stale,
    /// It is broken.
    Violated,
}

impl Outcome {
    /// The word used everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Outcome::NotApplicable => "not applicable",
            Outcome::Kept => "kept",
            Outcome::Undecided => "undecided",
            Outcome::Baselined => "baselined",
            Outcome::Known => "known",
            Outcome::Stale => "stale",
            Outcome::Violated => "violated",
        }
    }
}

/// What one rule says of one case.
#[derive(Debug, Clone, Serialize)]
pub struct Judgement {
    /// The rule's id.
    pub rule: &'static str,
    /// The rule's name.
    #[serde(skip)]
    pub name: &'static str,
    /// The level of its sentence.
    pub level: Level,
    /// What a violation counts as here. Lower than the level's for product rules that are only inferred.
    #[serde(skip)]
    pub severity: Severity,
    /// The document and section, for people.
    #[serde(skip)]
    pub source: String,
    /// The outcome.
    pub outcome: Outcome,
    /// The scenario's id.
    pub scenario: String,
    /// True for a generated case.
    pub generated: bool,
    /// Everything that would have been right; empty unless violated or known.
    pub expected: Vec<String>,
    /// What was seen instead.
    pub actual: Option<String>,
    /// Why it is undecided or known.
    pub reason: Option<String>,
    /// The command that repeats the case.
    pub repeat: String,
}

/// A difference between the recorded behaviour and this run's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drift {
    /// The scenario's id.
    pub scenario: String,
    /// What kind of difference.
    pub kind: DriftKind,
    /// The difference as a diff, masked.
    pub diff: String,
}

/// Kinds of drift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DriftKind {
    /// The recorded text differs.
    Changed,
    /// Nothing was recorded yet.
    New,
    /// A recorded text belongs to no scenario.
    Orphan,
    /// A change waits for review.
    Pending,
}

/// One case as it went.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CaseReport {
    /// The scenario's id.
    pub scenario: String,
    /// Its purpose.
    pub purpose: String,
    /// Why it could not be run on this target, if so.
    pub not_applicable: Option<String>,
    /// Why it could not be finished, if so: the network, or the sign-in.
    pub error: Option<String>,
    /// The requests and answers, masked.
    pub transcript: String,
    /// The same as a command line, masked: the sign-off request by `curl`.
    pub curl: Option<String>,
    /// What the target did, in words that name its own addresses and clients by their role, so that two targets can be
    /// compared; empty where nothing was played.
    #[serde(default)]
    pub behaviour: String,
    /// How long it took, in milliseconds; 0 where no clock is at hand.
    pub duration_ms: u64,
}

/// A hand-written case that did not go the same way when it was repeated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlakyCase {
    /// The scenario's id.
    pub scenario: String,
    /// The rule that was broken at first; nothing when the case broke off at first.
    pub rule: Option<String>,
    /// What was seen at first, masked.
    pub first: String,
    /// The repetition, counted from 1, that went otherwise.
    pub repetition: u32,
    /// How that one went.
    pub then: String,
}

/// A rule that was judged in no case, with the reason.
#[derive(Debug, Clone, Serialize)]
pub struct NotApplicable {
    /// The rule's id.
    pub rule: &'static str,
    /// Why.
    pub reason: String,
}

/// The sums of a run. Counts are judgements, one a rule and case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Summary {
    /// Cases that ran.
    pub cases: usize,
    /// Requests that went out.
    pub requests: usize,
    /// Sign-ins that were made.
    pub sign_ins: usize,
    /// Judgements by outcome.
    pub kept: usize,
    /// …
    pub violated: usize,
    /// …
    pub known: usize,
    /// Known ones of level MUST or MUST NOT.
    pub known_must: usize,
    /// …
    pub baselined: usize,
    /// …
    pub stale: usize,
    /// …
    pub undecided: usize,
    /// Rules that were judged in no case.
    pub not_applicable: usize,
    /// Differences from the snapshots.
    pub drift: usize,
    /// How long the run took.
    pub duration_ms: u64,
}

/// The whole run.
#[derive(Debug, Clone, Serialize)]
pub struct RunReport {
    /// The target's name.
    pub target: String,
    /// Its dialect.
    pub dialect: String,
    /// What the target is, as its file describes it; may be empty.
    pub description: String,
    /// Its edition.
    pub edition: Option<String>,
    /// True for an IdP that is not our own mock.
    pub real: bool,
    /// The faults that were switched on in the embedded mock.
    pub faults: Vec<String>,
    /// The seed of the run.
    pub seed: u64,
    /// How many rules of the catalogue were selected.
    pub selected: usize,
    /// How many of them can be judged here.
    pub rules: usize,
    /// How many differences are declared.
    pub deviations: usize,
    /// The sums.
    pub summary: Summary,
    /// Every judgement, in the order of the cases and then of the catalogue.
    pub judgements: Vec<Judgement>,
    /// Rules without a judgement.
    pub not_applicable: Vec<NotApplicable>,
    /// Every case.
    pub cases: Vec<CaseReport>,
    /// Differences from the snapshots.
    pub drift: Vec<Drift>,
    /// Selected rules that speak of some case but were decided in none.
    pub undecided_rules: BTreeMap<&'static str, String>,
    /// What kept the target from being judged at all, if something did.
    pub unreachable: Option<String>,
    /// What the generated cases came to, if any were tried.
    pub generated: Option<Generated>,
    /// Hand-written cases that did not go the same way every time they were repeated.
    pub flaky: Vec<FlakyCase>,
    /// What this is a part of, where a run was spread; then what only all parts together can tell is missing.
    pub part: Option<Part>,
    /// What counts as a failure.
    #[serde(skip)]
    pub fail_on: FailOn,
}

/// What makes a run fail. The default is `must,drift,stale,undecided`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "five independent switches of one command-line option"
)]
pub struct FailOn {
    /// A broken MUST or MUST NOT.
    pub must: bool,
    /// A broken SHOULD or SHOULD NOT.
    pub should: bool,
    /// A difference from the snapshots.
    pub drift: bool,
    /// A deviation that is no longer there.
    pub stale: bool,
    /// A rule that was decided in no case.
    pub undecided: bool,
}

impl Default for FailOn {
    fn default() -> Self {
        FailOn {
            must: true,
            should: false,
            drift: true,
            stale: true,
            undecided: true,
        }
    }
}

impl FailOn {
    /// Parses a comma-separated list; the error names what is unknown.
    pub fn parse(list: &str) -> Result<Self, String> {
        let mut on = FailOn {
            must: false,
            should: false,
            drift: false,
            stale: false,
            undecided: false,
        };
        for word in list
            .split(',')
            .map(str::trim)
            .filter(|word| !word.is_empty())
        {
            match word {
                "must" => on.must = true,
                "should" => on.should = true,
                "drift" => on.drift = true,
                "stale" => on.stale = true,
                "undecided" => on.undecided = true,
                other => {
                    return Err(format!(
                        "`{other}` is not one of must, should, drift, stale, undecided"
                    ));
                }
            }
        }
        Ok(on)
    }
}

/// The exit codes. When several apply the one that comes first here is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// A defect of this tool.
    ToolDefect = 70,
    /// Usage, configuration, an unknown rule, a filter without a match.
    Usage = 2,
    /// A rule was broken.
    Violated = 1,
    /// The target could not be reached, or the sign-in failed.
    Unreachable = 3,
    /// Nothing ran.
    NothingRan = 4,
    /// Baseline trouble.
    Baseline = 7,
    /// Only snapshot drift.
    Drift = 6,
    /// An applicable rule was decided in no case.
    Undecided = 8,
    /// All that was selected ran, and nothing is wrong.
    Ok = 0,
}

impl Exit {
    /// In the order of precedence.
    pub const ALL: [Exit; 9] = [
        Exit::ToolDefect,
        Exit::Usage,
        Exit::Violated,
        Exit::Unreachable,
        Exit::NothingRan,
        Exit::Baseline,
        Exit::Drift,
        Exit::Undecided,
        Exit::Ok,
    ];

    /// The number.
    pub fn code(self) -> u8 {
        self as u8
    }

    /// What it means, for the last line of a report.
    pub fn describe(self) -> &'static str {
        match self {
            Exit::Ok => "all that was selected ran",
            Exit::Violated => "a rule was broken",
            Exit::Usage => "usage or configuration",
            Exit::Unreachable => "the target could not be judged",
            Exit::NothingRan => "nothing ran",
            Exit::Drift => "snapshot drift",
            Exit::Baseline => "a deviation or baseline entry is stale",
            Exit::Undecided => "an applicable rule was decided in no case",
            Exit::ToolDefect => "a defect of this tool",
        }
    }
}

impl RunReport {
    /// Every exit code that applies, the one to use first; `[Ok]` when nothing is wrong.
    pub fn exits(&self) -> Vec<Exit> {
        let broken = |severity: Severity| {
            self.judgements
                .iter()
                .any(|j| j.outcome == Outcome::Violated && j.severity == severity)
        };
        // A run that told nothing of any rule proves as little as one without a case.
        let ran = self.cases.iter().any(|case| case.not_applicable.is_none())
            && !(self.judgements.is_empty() && self.undecided_rules.is_empty());
        let applies = |exit: Exit| match exit {
            Exit::Violated => {
                (self.fail_on.must && broken(Severity::Must))
                    || (self.fail_on.should && broken(Severity::Should))
            }
            Exit::Unreachable => {
                self.unreachable.is_some() || self.cases.iter().any(|case| case.error.is_some())
            }
            // A small part may have nothing to do; the parts together may not.
            Exit::NothingRan => !ran && self.unreachable.is_none() && self.part.is_none(),
            Exit::Baseline => {
                self.fail_on.stale && self.judgements.iter().any(|j| j.outcome == Outcome::Stale)
            }
            Exit::Drift => self.fail_on.drift && !self.drift.is_empty(),
            Exit::Undecided => self.fail_on.undecided && !self.undecided_rules.is_empty(),
            Exit::Ok | Exit::Usage | Exit::ToolDefect => false,
        };
        let found: Vec<Exit> = Exit::ALL
            .into_iter()
            .filter(|exit| applies(*exit))
            .collect();
        if found.is_empty() {
            vec![Exit::Ok]
        } else {
            found
        }
    }

    /// The exit code to end with.
    pub fn exit(&self) -> Exit {
        self.exits().first().copied().unwrap_or(Exit::Ok)
    }

    /// Judgements with this outcome.
    pub fn with(&self, outcome: Outcome) -> impl Iterator<Item = &Judgement> {
        self.judgements
            .iter()
            .filter(move |judgement| judgement.outcome == outcome)
    }

    /// Panics with a readable list of what is wrong, unless the exit code is 0. For `cargo test`.
    ///
    /// # Panics
    /// When the run did not end well.
    pub fn assert_ok(&self) {
        let exit = self.exit();
        assert!(exit == Exit::Ok, "{}", self.complaint());
    }

    /// What is wrong, in a few lines.
    pub fn complaint(&self) -> String {
        let mut lines = vec![format!(
            "{}: {}",
            self.target,
            self.exits()
                .iter()
                .map(|e| e.describe())
                .collect::<Vec<_>>()
                .join(", ")
        )];
        if let Some(why) = &self.unreachable {
            lines.push(format!("  {why}"));
        }
        lines.extend(self.cases.iter().filter_map(|case| {
            case.error
                .as_ref()
                .map(|why| format!("  {}: {why}", case.scenario))
        }));
        for judgement in self
            .judgements
            .iter()
            .filter(|j| matches!(j.outcome, Outcome::Violated | Outcome::Stale))
        {
            lines.push(format!(
                "  {} {} {} in {}",
                judgement.outcome.word(),
                judgement.rule,
                judgement.name,
                judgement.scenario
            ));
            lines.extend(
                judgement
                    .expected
                    .iter()
                    .map(|expected| format!("      expected  {expected}")),
            );
            lines.extend(
                judgement
                    .actual
                    .iter()
                    .map(|actual| format!("      received  {actual}")),
            );
        }
        lines.extend(
            self.undecided_rules
                .iter()
                .map(|(rule, why)| format!("  undecided {rule}: {why}")),
        );
        lines.extend(
            self.drift
                .iter()
                .map(|drift| format!("  drift in {}\n{}", drift.scenario, drift.diff)),
        );
        lines.join("\n")
    }
}

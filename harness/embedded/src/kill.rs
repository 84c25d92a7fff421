//! The kill matrix: every fault of the mock against every rule. A rule that no fault can break proves
//! nothing, and a fault that breaks other rules than it names is not understood.

mod generated;

pub use self::generated::fixed;

use crate::wire::EmbeddedWire;
use crate::world::Embedded;
use mock_idp_core::{DialectId, Fault, SignatureMemo};
use signoff_engine::wire::block_on_ready;
use signoff_engine::{Campaign, FailOn, Outcome, RunReport, Selection};
use signoff_oidc::spec::Severity;
use std::collections::{BTreeMap, BTreeSet};

/// Runs everything that is written by hand against the mock of this dialect with these faults, in memory.
pub fn run(
    dialect: DialectId,
    faults: &[String],
    seed: u64,
    signatures: &SignatureMemo,
) -> Result<RunReport, String> {
    played(&Selection::all(), dialect, faults, seed, signatures)
}

fn played(
    selection: &Selection,
    dialect: DialectId,
    faults: &[String],
    seed: u64,
    signatures: &SignatureMemo,
) -> Result<RunReport, String> {
    let embedded = Embedded::in_memory(dialect, faults).map_err(|error| error.to_string())?;
    Ok(play(&embedded, selection.clone(), faults, seed, signatures))
}

/// What is played for a row of the matrix: what is written by hand, and the fixed set of generated cases.
fn whole() -> Selection {
    let mut selection = Selection::all();
    selection.scenarios.extend(fixed());
    selection
}

/// Runs these cases against this mock, in memory.
pub(crate) fn play(
    embedded: &Embedded,
    selection: Selection,
    faults: &[String],
    seed: u64,
    signatures: &SignatureMemo,
) -> RunReport {
    let campaign = Campaign {
        target: embedded.target.clone(),
        selection,
        seed,
        fail_on: FailOn::default(),
        faults: faults.to_vec(),
        max_fail: None,
        baseline: None,
        transcripts: false,
        search: None,
    };
    let mut wire = EmbeddedWire::sharing(embedded, signatures.clone());
    block_on_ready(campaign.run(&mut wire, &mut (), &mut (), &|| 0))
}

/// What a fault does to the rules of one dialect, compared with the run without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The fault.
    pub fault: &'static str,
    /// The dialect.
    pub dialect: DialectId,
    /// Rules that it breaks, before deviations are weighed, and that were not broken without it.
    pub broken: BTreeSet<&'static str>,
    /// Those of them that no deviation explains.
    pub surviving: BTreeSet<&'static str>,
    /// Rules that it names and does not break.
    pub missed: BTreeSet<&'static str>,
    /// Rules that became undecided.
    pub blurred: BTreeSet<&'static str>,
    /// Why the target could not be judged at all, if so.
    pub unreachable: Option<String>,
}

/// The rules by what became of them in a run: in how many scenarios each was broken.
fn broken(report: &RunReport, outcomes: &[Outcome]) -> BTreeMap<&'static str, BTreeSet<String>> {
    let mut rules: BTreeMap<&'static str, BTreeSet<String>> = BTreeMap::new();
    for judgement in report
        .judgements
        .iter()
        .filter(|judgement| outcomes.contains(&judgement.outcome))
    {
        rules
            .entry(judgement.rule)
            .or_default()
            .insert(judgement.scenario.clone());
    }
    rules
}

/// The rules with a scenario in `now` that `before` has not.
fn added(
    now: &BTreeMap<&'static str, BTreeSet<String>>,
    before: &BTreeMap<&'static str, BTreeSet<String>>,
) -> BTreeSet<&'static str> {
    let new = |rule: &str, scenarios: &BTreeSet<String>| {
        before
            .get(rule)
            .is_none_or(|known| !scenarios.is_subset(known))
    };
    now.iter()
        .filter(|(rule, scenarios)| new(rule, scenarios))
        .map(|(rule, _)| *rule)
        .collect()
}

/// Carries out pieces of work that do not depend on each other, in whatever order, and gives what came of each in the
/// order of the pieces. Threads are the caller's to have.
pub trait Hands {
    /// Does `work` for each.
    fn each<T, R, F>(&self, pieces: Vec<T>, work: F) -> Vec<R>
    where
        T: Send,
        R: Send,
        F: Fn(T) -> R + Sync + Send;
}

/// A dialect, and what comes of it without a fault.
struct Bench<'a> {
    whole: &'a Selection,
    dialect: DialectId,
    seed: u64,
    signatures: SignatureMemo,
    clean: RunReport,
}

impl<'a> Bench<'a> {
    fn new(whole: &'a Selection, dialect: DialectId, seed: u64) -> Result<Self, String> {
        let signatures = SignatureMemo::new();
        let clean = played(whole, dialect, &[], seed, &signatures)?;
        Ok(Bench {
            whole,
            dialect,
            seed,
            signatures,
            clean,
        })
    }

    /// The faults that can be switched on here.
    fn faults(&self) -> impl Iterator<Item = &'static Fault> {
        let faults = mock_idp_core::faults().iter().copied();
        faults.filter(|fault| fault.fits(self.dialect))
    }

    /// The row of one fault.
    fn row(&self, fault: &'static Fault) -> Result<Row, String> {
        let faults = [fault.id.to_owned()];
        let report = played(
            self.whole,
            self.dialect,
            &faults,
            self.seed,
            &self.signatures,
        )?;
        let clean = &self.clean;
        let any = [Outcome::Violated, Outcome::Known];
        let found = added(&broken(&report, &any), &broken(clean, &any));
        let surviving = added(
            &broken(&report, &[Outcome::Violated]),
            &broken(clean, &[Outcome::Violated]),
        );
        let named = fault.breaks_on(self.dialect);
        let missed = named
            .iter()
            .copied()
            .filter(|rule| !found.contains(rule))
            .collect();
        let blurred = report
            .undecided_rules
            .keys()
            .copied()
            .filter(|rule| !clean.undecided_rules.contains_key(rule))
            .collect();
        Ok(Row {
            fault: fault.id,
            dialect: self.dialect,
            broken: found,
            surviving,
            missed,
            blurred,
            unreachable: report.unreachable,
        })
    }
}

/// Every fault of these dialects, beside the runs without any.
pub fn matrices(
    dialects: &[DialectId],
    seed: u64,
    hands: &impl Hands,
) -> Result<Vec<Matrix>, String> {
    let whole = whole();
    let benches = hands.each(dialects.to_vec(), |dialect| {
        Bench::new(&whole, dialect, seed)
    });
    let benches: Vec<Bench<'_>> = benches.into_iter().collect::<Result<_, _>>()?;
    let pieces = benches
        .iter()
        .flat_map(|bench| bench.faults().map(move |fault| (bench, fault)))
        .collect();
    let rows = hands.each(pieces, |(bench, fault)| bench.row(fault));
    let mut rows = rows.into_iter();
    let matrix = |bench: &Bench<'_>| {
        let rows = rows.by_ref().take(bench.faults().count());
        Ok(Matrix {
            dialect: bench.dialect,
            clean: bench.clean.clone(),
            rows: rows.collect::<Result<_, String>>()?,
        })
    };
    benches.iter().map(matrix).collect()
}

/// The kill matrix of one dialect.
#[derive(Debug, Clone)]
pub struct Matrix {
    /// The dialect.
    pub dialect: DialectId,
    /// The run without a fault.
    pub clean: RunReport,
    /// A row for each fault, in the order of the list.
    pub rows: Vec<Row>,
}

/// The most severe of the rules that survive deviations; nothing when none does.
pub fn severity(row: &Row) -> Option<Severity> {
    row.surviving
        .iter()
        .filter_map(|id| signoff_rules::catalogue::find(id))
        .map(signoff_rules::Rule::severity)
        .min()
}

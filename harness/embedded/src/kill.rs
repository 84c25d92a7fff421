//! The kill matrix: every fault of the mock against every rule. A rule that no fault can break proves
//! nothing, and a fault that breaks other rules than it names is not understood.

use crate::wire::EmbeddedWire;
use crate::world::Embedded;
use mock_idp_core::{DialectId, Fault, SignatureMemo};
use signoff_engine::wire::block_on_ready;
use signoff_engine::{Campaign, FailOn, Outcome, RunReport, Selection};
use signoff_oidc::spec::Severity;
use std::collections::{BTreeMap, BTreeSet};

/// Runs everything against the mock of this dialect with these faults, in memory.
pub fn run(
    dialect: DialectId,
    faults: &[String],
    seed: u64,
    signatures: &SignatureMemo,
) -> Result<RunReport, String> {
    let embedded = Embedded::in_memory(dialect, faults).map_err(|error| error.to_string())?;
    Ok(play(&embedded, faults, seed, signatures))
}

/// Runs everything against this mock, in memory.
pub(crate) fn play(
    embedded: &Embedded,
    faults: &[String],
    seed: u64,
    signatures: &SignatureMemo,
) -> RunReport {
    let campaign = Campaign {
        target: embedded.target.clone(),
        selection: Selection::all(),
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

/// The row of one fault, given the run without any.
pub fn row(
    fault: &'static Fault,
    dialect: DialectId,
    clean: &RunReport,
    seed: u64,
    signatures: &SignatureMemo,
) -> Result<Row, String> {
    let report = run(dialect, &[fault.id.to_owned()], seed, signatures)?;
    let any = [Outcome::Violated, Outcome::Known];
    let found = added(&broken(&report, &any), &broken(clean, &any));
    let surviving = added(
        &broken(&report, &[Outcome::Violated]),
        &broken(clean, &[Outcome::Violated]),
    );
    let named = fault.breaks_on(dialect);
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
        dialect,
        broken: found,
        surviving,
        missed,
        blurred,
        unreachable: report.unreachable,
    })
}

/// Every fault of one dialect, beside the run without any.
pub fn matrix(dialect: DialectId, seed: u64) -> Result<Matrix, String> {
    let signatures = SignatureMemo::new();
    let clean = run(dialect, &[], seed, &signatures)?;
    let faults = mock_idp_core::faults()
        .iter()
        .filter(|fault| fault.fits(dialect) && !fault.is_interaction());
    let rows = faults
        .map(|fault| row(fault, dialect, &clean, seed, &signatures))
        .collect::<Result<_, _>>()?;
    Ok(Matrix {
        dialect,
        clean,
        rows,
    })
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

//! The proof of the harness itself: every fault of the mock, and what became of the rules.

use crate::kill::{self, Matrix, Row, severity};
use crate::world::Embedded;
use mock_idp_core::{DialectId, Expect, Fault, SignatureMemo};
use serde_json::{Value, json};
use signoff_engine::{Outcome, Selection};
use signoff_oidc::spec::Severity;
use signoff_rules::catalogue;
use std::collections::BTreeSet;

/// Judged rules that no fault of the mock breaks, each with the reason. The list only shrinks.
pub const UNPROVEN: &[(&str, &str)] = &[];

/// Rules that speak for an older edition of a product alone, with the edition and the fault that breaks them there. The
/// matrix is made of the current editions, so these are proven one by one.
pub const PROVEN_IN_AN_OLDER_EDITION: &[(&str, DialectId, &str, &str)] = &[
    ("P1-SA-07", DialectId::PingOne, "legacy", "landing-lost"),
    ("P1-SA-08", DialectId::PingOne, "legacy", "hint-optional"),
];

/// The rules that a fault breaks on an edition of a product, and that are not broken there without it. Deviations are
/// not weighed.
pub fn broken_in(
    dialect: DialectId,
    edition: &str,
    fault: &str,
) -> Result<BTreeSet<&'static str>, String> {
    let signatures = SignatureMemo::new();
    let broken = |faults: &[String]| {
        let embedded = Embedded::in_edition(dialect, edition, faults);
        let embedded = embedded.map_err(|error| error.to_string())?;
        let report = kill::play(&embedded, Selection::all(), faults, 1, &signatures);
        let any = [Outcome::Violated, Outcome::Known];
        let found = report.judgements.iter();
        let found = found.filter(|judgement| any.contains(&judgement.outcome));
        Ok::<BTreeSet<_>, String>(found.map(|judgement| judgement.rule).collect())
    };
    let clean = broken(&[])?;
    let mut found = broken(&[fault.to_owned()])?;
    found.retain(|rule| !clean.contains(rule));
    Ok(found)
}

/// What is wrong with a row of the matrix; empty when the fault did what it says, and no more than that.
pub fn complaints(row: &Row) -> Vec<String> {
    let Some(fault) = mock_idp_core::fault(row.fault) else {
        return vec!["no such fault".to_owned()];
    };
    let mut complaints = Vec::new();
    if let Some(why) = &row.unreachable {
        complaints.push(format!("the target could not be judged: {why}"));
    }
    if !row.missed.is_empty() {
        complaints.push(format!("missed {}", joined(&row.missed)));
    }
    let expect = expected(fault, row.dialect);
    if expect == Expect::None && !row.broken.is_empty() {
        complaints.push(format!("is legal and broke {}", joined(&row.broken)));
    }
    if severity(row) != wanted(expect) {
        let found = severity(row).map_or("nothing", Severity::as_str);
        complaints.push(format!(
            "was to break a {}, and broke {found}",
            word(expect)
        ));
    }
    complaints
}

/// The judged rules that no row breaks and that are not known to be so.
pub fn unbroken(matrices: &[Matrix]) -> Vec<&'static str> {
    let rows = || matrices.iter().flat_map(|matrix| &matrix.rows);
    let broken: BTreeSet<&str> = rows().flat_map(|row| row.broken.iter().copied()).collect();
    catalogue::all()
        .filter(|rule| rule.is_judged() && !broken.contains(rule.id))
        .map(|rule| rule.id)
        .filter(|id| UNPROVEN.iter().all(|(known, _)| known != id))
        .filter(|id| !is_broken_in_an_older_edition(id))
        .collect()
}

/// Whether the fault that is to break it in an older edition does.
fn is_broken_in_an_older_edition(rule: &str) -> bool {
    let mut rows = PROVEN_IN_AN_OLDER_EDITION.iter();
    rows.any(|(proven, dialect, edition, fault)| {
        *proven == rule
            && broken_in(*dialect, edition, fault).is_ok_and(|broken| broken.contains(rule))
    })
}

/// The rules that a fault names, on the dialect of the row, and did break.
pub fn as_named(row: &Row) -> Vec<&'static str> {
    named(row)
        .iter()
        .copied()
        .filter(|rule| row.broken.contains(rule))
        .collect()
}

/// The rules that were broken beside them.
pub fn also(row: &Row) -> Vec<&'static str> {
    let named = named(row);
    row.broken
        .iter()
        .copied()
        .filter(|rule| !named.contains(rule))
        .collect()
}

fn named(row: &Row) -> &'static [&'static str] {
    mock_idp_core::fault(row.fault).map_or(&[], |fault| fault.breaks_on(row.dialect))
}

/// The word for it.
pub fn word(expect: Expect) -> &'static str {
    match expect {
        Expect::Must => "must",
        Expect::Should => "should",
        Expect::None => "none",
    }
}

/// Faults that are graver at a product than they say: fault, product, what it breaks there, and why.
pub const GRAVER_THERE: &[(&str, DialectId, Expect, &str)] = &[(
    "hint-expired-refused",
    DialectId::PingOne,
    Expect::Must,
    "at idpSignoff nothing but the hint can end the session, so that refusing an expired one leaves it alive",
)];

/// What a fault is to break at this product.
pub fn expected(fault: &Fault, dialect: DialectId) -> Expect {
    let mut graver = GRAVER_THERE.iter();
    graver
        .find(|(id, there, ..)| *id == fault.id && *there == dialect)
        .map_or(fault.expect, |(_, _, expect, _)| *expect)
}

fn wanted(expect: Expect) -> Option<Severity> {
    match expect {
        Expect::Must => Some(Severity::Must),
        Expect::Should => Some(Severity::Should),
        Expect::None => None,
    }
}

/// A row for scripts.
pub fn as_json(row: &Row) -> Value {
    json!({
        "fault": row.fault,
        "dialect": row.dialect.name(),
        "expect": mock_idp_core::fault(row.fault).map_or("", |fault| word(expected(fault, row.dialect))),
        "broken": as_named(row),
        "missed": row.missed,
        "also": also(row),
        "undecided": row.blurred,
        "complaints": complaints(row),
    })
}

fn joined(rules: &BTreeSet<&'static str>) -> String {
    rules.iter().copied().collect::<Vec<_>>().join(", ")
}

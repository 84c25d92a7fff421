//! Every fault of the mock against every rule, on every dialect. The reviewed result is `KILL-MATRIX.md`; any
//! change is red until it has been looked at and written with `UPDATE=1`.

#![expect(clippy::disallowed_methods, reason = "the reviewed matrix is a file")]

use mock_idp_core::Expect;
use rayon::prelude::*;
use signoff_embedded::kill::{self, Hands, Matrix, Row, severity};
use signoff_embedded::{DIALECTS, dialect, selftest};
use signoff_oidc::spec::Severity;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::OnceLock;

struct Threads;

impl Hands for Threads {
    fn each<T, R, F>(&self, pieces: Vec<T>, work: F) -> Vec<R>
    where
        T: Send,
        R: Send,
        F: Fn(T) -> R + Sync + Send,
    {
        pieces.into_par_iter().map(work).collect()
    }
}

/// All matrices, made once.
fn matrices() -> &'static Vec<Matrix> {
    static MADE: OnceLock<Vec<Matrix>> = OnceLock::new();
    MADE.get_or_init(|| {
        let dialects: Vec<_> = DIALECTS.iter().copied().filter_map(dialect).collect();
        kill::matrices(&dialects, 1, &Threads).expect("runs")
    })
}

fn rows() -> impl Iterator<Item = &'static Row> {
    matrices().iter().flat_map(|matrix| &matrix.rows)
}

fn expectation(row: &Row) -> Expect {
    selftest::expected(
        mock_idp_core::fault(row.fault).expect("a fault"),
        row.dialect,
    )
}

#[test]
fn every_fault_breaks_what_it_names() {
    let missed: Vec<String> = rows()
        .filter(|row| !row.missed.is_empty())
        .map(|row| format!("{} on {}: {:?}", row.fault, row.dialect, row.missed))
        .collect();
    assert!(
        missed.is_empty(),
        "named, but not broken:\n{}",
        missed.join("\n")
    );
}

#[test]
fn every_fault_names_a_rule_unless_it_is_a_legal_oddity() {
    for row in rows() {
        let named = mock_idp_core::fault(row.fault)
            .expect("a fault")
            .breaks_on(row.dialect);
        assert_eq!(
            named.is_empty(),
            expectation(row) == Expect::None,
            "{} on {}",
            row.fault,
            row.dialect
        );
    }
}

#[test]
fn a_legal_oddity_breaks_nothing() {
    for row in rows().filter(|row| expectation(row) == Expect::None) {
        assert!(
            row.broken.is_empty(),
            "{} on {} breaks {:?}",
            row.fault,
            row.dialect,
            row.broken
        );
    }
}

#[test]
fn what_a_fault_breaks_is_as_grave_as_it_says() {
    let wanted = |row: &Row| match expectation(row) {
        Expect::Must => Some(Severity::Must),
        Expect::Should => Some(Severity::Should),
        Expect::None => None,
    };
    let wrong: Vec<String> = rows()
        .filter(|row| severity(row) != wanted(row))
        .map(|row| {
            format!(
                "{} on {}: {:?} by {:?}",
                row.fault,
                row.dialect,
                severity(row),
                row.surviving
            )
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "graver or lighter than stated:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn every_judged_rule_is_broken_by_some_fault() {
    assert_eq!(selftest::unbroken(matrices()), [] as [&str; 0]);
    let broken: BTreeSet<&str> = rows().flat_map(|row| row.broken.iter().copied()).collect();
    for (rule, _) in selftest::UNPROVEN {
        assert!(
            !broken.contains(rule),
            "{rule} is broken by a fault now: take it off the list"
        );
    }
}

#[test]
fn no_fault_keeps_the_target_from_being_judged() {
    for row in rows() {
        assert_eq!(row.unreachable, None, "{} on {}", row.fault, row.dialect);
    }
}

#[test]
fn the_matrix_is_as_reviewed() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../KILL-MATRIX.md");
    let now = render();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, &now).expect("the matrix can be written");
    }
    let reviewed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        reviewed == now,
        "KILL-MATRIX.md differs from what the faults do now. Look at the change:\n\n    UPDATE=1 cargo test -p signoff-embedded --test kill_matrix && git diff KILL-MATRIX.md\n"
    );
}

fn render() -> String {
    let mut text = String::from(
        "# Kill matrix\n\nGenerated: `UPDATE=1 cargo test -p signoff-embedded --test kill_matrix`. Any change is red until it is reviewed.\n\n\
         Each row is a fault of the mock. **Breaks** are the rules that the fault names and that were broken; *also* are rules that\nbroke beside them. Deviations are not weighed here.\n",
    );
    for matrix in matrices() {
        let _ = write!(
            text,
            "\n## {}\n\n| fault | expect | breaks | also | became undecided |\n| --- | --- | --- | --- | --- |\n",
            matrix.dialect
        );
        for row in &matrix.rows {
            let named: BTreeSet<&str> = mock_idp_core::fault(row.fault)
                .expect("a fault")
                .breaks_on(row.dialect)
                .iter()
                .copied()
                .collect();
            let also: Vec<&str> = row
                .broken
                .iter()
                .copied()
                .filter(|rule| !named.contains(rule))
                .collect();
            let expect = match expectation(row) {
                Expect::Must => "must",
                Expect::Should => "should",
                Expect::None => "none",
            };
            let _ = writeln!(
                text,
                "| {} | {expect} | {} | {} | {} |",
                row.fault,
                join(named),
                join(also),
                join(row.blurred.iter().copied())
            );
        }
    }
    text.push_str("\n## Rules of older editions\n\nEach is broken there by its fault; the rows above are of the current editions.\n\n| rule | edition | fault |\n| --- | --- | --- |\n");
    for (rule, dialect, edition, fault) in selftest::PROVEN_IN_AN_OLDER_EDITION {
        let _ = writeln!(text, "| {rule} | {dialect} {edition} | {fault} |");
    }
    text.push_str("\n## Judged rules that no fault breaks\n\nThe list only shrinks; a rule that is not on it has to be broken by a fault.\n\n");
    for (rule, why) in selftest::UNPROVEN {
        let _ = writeln!(text, "- {rule}: {why}");
    }
    text
}

fn join<'a>(rules: impl IntoIterator<Item = &'a str>) -> String {
    rules.into_iter().collect::<Vec<_>>().join(", ")
}

//! What each product does in each scenario. The result is `DIALECTS.md`; it is stale as soon as a product of the mock
//! does something else.

#![expect(clippy::disallowed_methods, reason = "the table is a file")]

use signoff_embedded::outcomes::{Outcome, outcomes};
use signoff_embedded::{DIALECTS, dialect};
use signoff_scenarios::Scenario;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::OnceLock;

type Column = Vec<(Scenario, Outcome)>;

/// A column for each dialect, made once.
fn columns() -> &'static Vec<Column> {
    static MADE: OnceLock<Vec<Column>> = OnceLock::new();
    MADE.get_or_init(|| {
        let made = |id: &&str| outcomes(dialect(id).expect("a dialect"), 1).expect("plays");
        DIALECTS.iter().map(made).collect()
    })
}

/// What the products did that can be asked.
fn did(row: usize) -> BTreeSet<&'static str> {
    let cells = columns().iter().map(|column| &column[row].1);
    let did = cells.filter_map(|outcome| match outcome {
        Outcome::Did(what) => Some(what.as_str()),
        Outcome::Unasked(_) => None,
    });
    did.collect()
}

/// How they differ: not at all, in nothing but the question, or in what came of it.
fn mark(row: usize) -> &'static str {
    let led: BTreeSet<String> = did(row)
        .iter()
        .map(|what| what.replace("asks → ", ""))
        .collect();
    match (did(row).len(), led.len()) {
        (0 | 1, _) => "",
        (_, 1) => "?",
        _ => "≠",
    }
}

fn render() -> String {
    let mut text = String::from(
        "# What each product does\n\n\
         Generated: `UPDATE=1 cargo test -p signoff-embedded --test dialects_table`. A row is a scenario, a column a dialect of the\n\
         mock, a cell what the record says. **≠** marks the rows in which products that can be asked differ in what comes of it, **?** those\n\
         in which they differ only in whether the person is asked first; – stands where a product has no words for a scenario or\n\
         lacks its set-up (`signoff list --scenarios --dialect ID` says which).\n\n",
    );
    let _ = writeln!(text, "| scenario | | {} |", DIALECTS.join(" | "));
    let _ = writeln!(text, "| --- | --- |{}", " --- |".repeat(DIALECTS.len()));
    for (row, (scenario, _)) in columns()[0].iter().enumerate() {
        let _ = write!(text, "| {} | {} |", scenario.id, mark(row));
        for column in columns() {
            let cell = match &column[row].1 {
                Outcome::Did(what) => what,
                Outcome::Unasked(_) => "–",
            };
            let _ = write!(text, " {cell} |");
        }
        text.push('\n');
    }
    text
}

#[test]
fn every_scenario_but_two_can_be_asked_of_some_product() {
    let unasked: Vec<&str> = columns()[0]
        .iter()
        .enumerate()
        .filter(|(row, _)| did(*row).is_empty())
        .map(|(_, (scenario, _))| scenario.id.as_str())
        .collect();
    // The mock's registrations have neither a port nor a plain http address to change.
    assert_eq!(
        unasked,
        [
            "redirect/look-alike/no-port",
            "redirect/look-alike/https-scheme"
        ]
    );
}

#[test]
fn products_differ_and_the_table_says_where() {
    let marked = |id: &str| {
        let row = columns()[0]
            .iter()
            .position(|(scenario, _)| scenario.id == id);
        mark(row.expect("a scenario"))
    };
    // PingOne redirects, the plain provider asks first, and IdentityServer leads back by a link.
    assert_eq!(marked("hint/valid"), "≠");
    // Signed off they all are, but only the plain provider asked.
    assert_eq!(marked("redirect/none"), "?");
    assert_eq!(marked("session/asked/no"), "≠");
    assert_eq!(marked("session/none/bare"), "");
}

#[test]
fn the_table_is_up_to_date() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../DIALECTS.md");
    let now = render();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, &now).expect("the table can be written");
    }
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        written == now,
        "DIALECTS.md is stale: UPDATE=1 cargo test -p signoff-embedded --test dialects_table"
    );
}

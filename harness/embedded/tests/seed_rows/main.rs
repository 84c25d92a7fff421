//! The sentences of the vendors' documents, each with what shows it on the wire. `SEED-ROWS.md` is written from
//! these lists, and red as soon as a row has nothing to show or names what does not exist.
//!
//! A product's rows are one file here and one line in [`PRODUCTS`].

#![expect(clippy::disallowed_methods, reason = "the table is a file")]

mod identityserver;
mod pingone;
mod table;
mod witness;
mod workos;

use signoff_rules::catalogue;
use std::collections::BTreeSet;
use witness::Shown;

/// A sentence of a document.
#[derive(Debug)]
struct Row {
    /// The stable id: `P1-SO-01`.
    id: &'static str,
    /// The sentence in our words; empty where a rule of the same id says it in its title.
    says: &'static str,
    /// What shows it.
    shown: &'static [Shown],
}

/// A product's documents.
#[derive(Debug)]
struct Product {
    /// Its name.
    name: &'static str,
    /// The dialect on which its rules are judged.
    dialect: &'static str,
    /// The families of its ids, and the number of the last row of each.
    families: &'static [(&'static str, usize)],
    /// Its rows.
    rows: &'static [Row],
}

/// Every product whose documents are listed.
const PRODUCTS: &[&Product] = &[
    &pingone::PRODUCT,
    &identityserver::PRODUCT,
    &workos::PRODUCT,
];

impl Row {
    /// The sentence in our words.
    fn sentence(&self) -> &'static str {
        match catalogue::find(self.id) {
            Some(rule) if self.says.is_empty() => rule.title,
            _ => self.says,
        }
    }
}

fn rows() -> impl Iterator<Item = (&'static Product, &'static Row)> {
    PRODUCTS
        .iter()
        .flat_map(|product| product.rows.iter().map(move |row| (*product, row)))
}

#[test]
fn every_sentence_has_its_row_in_order() {
    for product in PRODUCTS {
        let expected: Vec<String> = product
            .families
            .iter()
            .flat_map(|(family, last)| (1..=*last).map(move |at| format!("{family}-{at:02}")))
            .collect();
        let listed: Vec<&str> = product.rows.iter().map(|row| row.id).collect();
        assert_eq!(listed, expected, "{}", product.name);
    }
}

#[test]
fn every_row_says_something_and_is_shown_by_something() {
    for (_, row) in rows() {
        assert!(!row.sentence().is_empty(), "{} says nothing", row.id);
        assert!(!row.shown.is_empty(), "nothing shows {}", row.id);
    }
}

#[test]
fn every_witness_is_there_and_shows_it() {
    let wrong: Vec<String> = PRODUCTS
        .iter()
        .flat_map(|product| {
            let runs = witness::Runs::of(product);
            let wrong: Vec<String> = product
                .rows
                .iter()
                .flat_map(|row| row.shown.iter().map(move |shown| (row, shown)))
                .filter_map(|(row, shown)| {
                    let why = runs.check(shown).err()?;
                    Some(format!("{}: {why}", row.id))
                })
                .collect();
            wrong
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_witness_that_is_not_there_is_found_out() {
    let runs = witness::Runs::of(&pingone::PRODUCT);
    let file = "mock-idp/server/tests/seeds.rs";
    let (valid, absent) = ("hint/valid", "hint/absent");
    let cases = [
        (witness::rule("P1-SO-99", valid), "no rule"),
        (witness::rule("P1-SO-01", "hint/nowhere"), "no scenario"),
        (witness::rule("P1-SO-03", valid), "not kept"),
        (witness::rule("RPIL-2-27", absent), "not kept"),
        (witness::test("nowhere.rs", "f"), "no file"),
        (witness::test(file, "nothing_of_this_name"), "no function"),
        (witness::test(file, "curl_is_installed"), "is no test"),
    ];
    for (shown, complaint) in cases {
        let why = runs.check(&shown).expect_err("shows nothing");
        assert!(why.contains(complaint), "{why}");
    }
}

/// A rule that no fault breaks proves nothing. The kill matrix lists those, and faults name what they break; rules
/// of an older edition have a test of their own (`editions.rs`).
#[test]
fn every_rule_that_shows_a_row_is_broken_by_some_fault() {
    let matrix = witness::text_of("KILL-MATRIX.md").expect("the kill matrix");
    let unbroken: BTreeSet<&str> = matrix
        .split("## Judged rules that no fault breaks")
        .nth(1)
        .expect("its last section")
        .lines()
        .filter_map(|line| line.strip_prefix("- ")?.split([' ', ':']).next())
        .collect();
    let named = |product: &Product, rule: &str| {
        let dialect = signoff_embedded::dialect(product.dialect).expect("a dialect");
        let mut faults = mock_idp_core::faults().iter();
        faults.any(|fault| fault.breaks_on(dialect).contains(&rule))
    };
    let unproven: Vec<String> = rows()
        .flat_map(|(product, row)| row.shown.iter().map(move |shown| (product, row, shown)))
        .filter_map(|(product, row, shown)| match shown {
            Shown::Rule {
                rule,
                edition: None,
                ..
            } if unbroken.contains(rule) && !named(product, rule) => {
                Some(format!("{} is shown by {rule}", row.id))
            }
            _ => None,
        })
        .collect();
    assert!(unproven.is_empty(), "{}", unproven.join("\n"));
}

#[test]
fn the_table_is_up_to_date() {
    let now = table::render(PRODUCTS);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(witness::path_of("SEED-ROWS.md"), &now).expect("the table can be written");
    }
    let written = witness::text_of("SEED-ROWS.md").unwrap_or_default();
    assert!(
        written == now,
        "SEED-ROWS.md is stale: UPDATE=1 cargo test -p signoff-embedded --test seed_rows"
    );
}

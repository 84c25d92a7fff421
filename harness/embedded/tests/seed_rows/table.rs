//! The table for people.

use crate::Product;
use crate::witness::Shown;
use std::fmt::Write as _;

/// Writes it.
pub(crate) fn render(products: &[&Product]) -> String {
    let mut text = String::from(
        "# What the vendors' documents say, and what shows it\n\n\
         Generated: `UPDATE=1 cargo test -p signoff-embedded --test seed_rows`, from the lists in \
         `harness/embedded/tests/seed_rows`. The same\ntests check that each rule is kept in the scenario beside it, \
         that a fault of the mock breaks the rule, and that each test exists.\n\n\
         A rule with its scenario runs by `signoff run RULE SCENARIO`. A file with a name is a test.\n",
    );
    for product in products {
        let _ = write!(
            text,
            "\n## {}\n\n| row | sentence | shown by |\n| --- | --- | --- |\n",
            product.name
        );
        for row in product.rows {
            let shown: Vec<String> = row.shown.iter().map(Shown::words).collect();
            let _ = writeln!(
                text,
                "| {} | {} | {} |",
                row.id,
                row.sentence(),
                shown.join("<br>")
            );
        }
    }
    text
}

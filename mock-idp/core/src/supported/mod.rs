//! What of PingOne is here, how sure it is, and what is otherwise or unknown: the text of `SUPPORTED.md`, made from the
//! lists by which requests are answered.

mod checks;
mod identityserver;
mod readings;
mod rows;

use std::fmt::Write as _;

use crate::dialects::P1_ENDPOINTS;
use crate::platform::ROUTES;

pub use checks::{CHECKS, Check};
pub use readings::{READINGS, Reading, UNKNOWNS, Unknown};
pub use rows::{ROWS, Row};

/// How sure it is that the product behaves so. No running environment of the product was ever asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    /// The vendor's published source does so.
    Source,
    /// The vendor's documentation says so.
    Documented,
    /// Samples, clients or tests that the vendor publishes show it.
    Sample,
    /// Somebody saw it at the product.
    Reported,
    /// It follows from the others.
    Inferred,
}

impl Grade {
    /// The word in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Documented => "documented",
            Self::Sample => "vendor's sample",
            Self::Reported => "user report",
            Self::Inferred => "inferred",
        }
    }
}

const INTRODUCTION: &str = "\
# What of PingOne and of IdentityServer is supported

Made from the lists in `mock-idp/core/src` by which requests are answered; do not edit it:

    UPDATE=1 cargo test -p mock-idp-core --test supported

How sure it is that the product behaves so is said for each entry: *documented* by the vendor, shown by a *vendor's
sample* (published client, test or capture), *user report*, or *inferred* from these; of IdentityServer, whose *source* is
published, also done by that. No running environment of either product was ever asked.

# PingOne
";

/// The paths of PingOne's endpoints below an environment's own; `{id}` stands for an identifier.
pub fn endpoint_paths() -> impl Iterator<Item = &'static str> {
    P1_ENDPOINTS.iter().flat_map(|endpoint| {
        let aliases = endpoint.aliases.iter().copied();
        std::iter::once(endpoint.path).chain(aliases)
    })
}

/// The paths of the platform API below its version; names in braces stand for identifiers, the first for the environment.
pub fn platform_paths() -> impl Iterator<Item = &'static str> {
    ROUTES.iter().map(|route| route.path)
}

/// The whole document.
pub fn markdown() -> String {
    let mut text = String::from(INTRODUCTION);
    endpoints(&mut text);
    platform(&mut text);
    section(
        &mut text,
        "Checks of a sign-off",
        "In the order in which they are made. The product's own order is not public.",
        &["check", "what must hold", "evidence", "at the product"],
        CHECKS.iter().map(|check| {
            vec![
                check.name.to_owned(),
                check.holds.to_owned(),
                check.grade.name().to_owned(),
                check.differs.to_owned(),
            ]
        }),
    );
    section(
        &mut text,
        "Where the documents disagree",
        "The first reading is the default. The other one is a switch, or not here.",
        &["about", "here", "the other reading", "how to have it"],
        READINGS.iter().map(|reading| {
            let cells = [reading.about, reading.here, reading.other, reading.switch];
            cells.map(str::to_owned).to_vec()
        }),
    );
    section(
        &mut text,
        "What nobody outside knows",
        "Not found in public material. The mock has to do something all the same.",
        &["unknown", "what the mock does"],
        UNKNOWNS
            .iter()
            .map(|unknown| vec![unknown.what.to_owned(), unknown.here.to_owned()]),
    );
    section(
        &mut text,
        "Sentence by sentence",
        "The sentences of the vendor's pages about signing off, and the tests that show each.",
        &["sentence", "in short", "tests"],
        ROWS.iter().map(|row| {
            let tests: Vec<_> = row.tests.iter().map(|test| format!("`{test}`")).collect();
            vec![row.id.to_owned(), row.says.to_owned(), tests.join(", ")]
        }),
    );
    identityserver::add(&mut text);
    text
}

fn endpoints(text: &mut String) {
    let rows = P1_ENDPOINTS.iter().map(|endpoint| {
        vec![
            format!("{} `{}`", endpoint.methods, endpoint.path),
            endpoint.does.to_owned(),
            endpoint.grade.name().to_owned(),
            endpoint.differs.to_owned(),
        ]
    });
    section(
        text,
        "Endpoints of an environment",
        "Below `/{environment}`, or at the root of a custom domain.",
        &["endpoint", "does", "evidence", "at the product"],
        rows,
    );
}

fn platform(text: &mut String) {
    let rows = ROUTES.iter().map(|route| {
        let methods: Vec<_> = route.methods().collect();
        vec![
            format!("{} `/v1{}`", methods.join(", "), route.path),
            route.does.to_owned(),
            route.differs.to_owned(),
        ]
    });
    section(
        text,
        "Platform API",
        "The calls and their members are in the vendor's pages or its published description of the API; details of the \
         answers are inferred from these. A bearer token of a worker application is needed, and members that nobody \
         documents are refused.",
        &["call", "is about", "at the product, or left out"],
        rows,
    );
}

fn section(
    text: &mut String,
    title: &str,
    introduction: &str,
    heads: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
) {
    let rule = vec!["---"; heads.len()].join("|");
    // Writing to a text cannot fail.
    let _ = write!(
        text,
        "\n## {title}\n\n{introduction}\n\n| {} |\n|{rule}|\n",
        heads.join(" | ")
    );
    for row in rows {
        let cells: Vec<_> = row.iter().map(|cell| cell.replace('|', "\\|")).collect();
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
}

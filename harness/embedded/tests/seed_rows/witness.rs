//! What can show a row, and whether it does.

use crate::Product;
use signoff_embedded::{Embedded, EmbeddedWire, dialect};
use signoff_engine::wire::block_on_ready;
use signoff_engine::{Campaign, FailOn, Outcome, RunReport, Selection};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What shows a row.
#[derive(Debug)]
pub(crate) enum Shown {
    /// A rule that is kept in a scenario.
    Rule {
        /// The edition of the product; the default one when none is named.
        edition: Option<&'static str>,
        /// Its id.
        rule: &'static str,
        /// One scenario in which it is kept.
        scenario: &'static str,
    },
    /// A test that looks at the wire.
    Test {
        /// Its file, from the root of the repository.
        file: &'static str,
        /// The function.
        name: &'static str,
    },
}

/// A rule that is kept in a scenario.
pub(crate) const fn rule(rule: &'static str, scenario: &'static str) -> Shown {
    Shown::Rule {
        edition: None,
        rule,
        scenario,
    }
}

/// A rule that is kept in a scenario, in this edition of the product.
pub(crate) const fn rule_in(
    edition: &'static str,
    rule: &'static str,
    scenario: &'static str,
) -> Shown {
    Shown::Rule {
        edition: Some(edition),
        rule,
        scenario,
    }
}

/// A test.
pub(crate) const fn test(file: &'static str, name: &'static str) -> Shown {
    Shown::Test { file, name }
}

impl Shown {
    /// For the table.
    pub(crate) fn words(&self) -> String {
        match self {
            Shown::Rule {
                edition,
                rule,
                scenario,
            } => {
                let edition = edition.map_or_else(String::new, |name| format!(" (edition {name})"));
                format!("{rule} in `{scenario}`{edition}")
            }
            Shown::Test { file, name } => {
                format!(
                    "[{}]({file}) `{name}`",
                    file.rsplit('/').next().unwrap_or(file)
                )
            }
        }
    }
}

/// Runs of all scenarios that some row of a product names, one for each edition that some row names.
pub(crate) struct Runs {
    reports: BTreeMap<Option<&'static str>, RunReport>,
}

impl Runs {
    /// Makes them, in memory.
    pub(crate) fn of(product: &Product) -> Self {
        let mut named: BTreeMap<Option<&str>, Vec<&str>> = BTreeMap::new();
        for shown in product.rows.iter().flat_map(|row| row.shown) {
            if let Shown::Rule {
                edition, scenario, ..
            } = shown
            {
                named.entry(*edition).or_default().push(scenario);
            }
        }
        let reports = named
            .into_iter()
            .map(|(edition, scenarios)| (edition, run(product.dialect, edition, &scenarios)))
            .collect();
        Runs { reports }
    }

    /// Why this witness shows nothing, if so.
    pub(crate) fn check(&self, shown: &Shown) -> Result<(), String> {
        match shown {
            Shown::Rule {
                edition,
                rule,
                scenario,
            } => {
                let report = self.reports.get(edition);
                let report = report.ok_or("no row names this edition")?;
                is_kept(report, rule, scenario)
            }
            Shown::Test { file, name } => is_a_test(file, name),
        }
    }
}

fn run(product: &str, edition: Option<&str>, scenarios: &[&str]) -> RunReport {
    let mut selection = Selection::all();
    selection.complete = false;
    selection
        .scenarios
        .retain(|scenario| scenarios.contains(&scenario.id.as_str()));
    let product = dialect(product).expect("a dialect");
    let embedded = match edition {
        Some(edition) => Embedded::in_edition(product, edition, &[]),
        None => Embedded::in_memory(product, &[]),
    };
    let embedded = embedded.expect("a world");
    let campaign = Campaign {
        target: embedded.target.clone(),
        selection,
        seed: 1,
        fail_on: FailOn::default(),
        faults: Vec::new(),
        max_fail: None,
        baseline: None,
        transcripts: false,
        search: None,
    };
    let mut wire = EmbeddedWire::new(&embedded);
    block_on_ready(campaign.run(&mut wire, &mut (), &mut (), &|| 0))
}

fn is_kept(report: &RunReport, rule: &str, scenario: &str) -> Result<(), String> {
    if signoff_rules::catalogue::find(rule).is_none() {
        return Err(format!("there is no rule {rule}"));
    }
    if !report.cases.iter().any(|case| case.scenario == scenario) {
        return Err(format!("there is no scenario {scenario}"));
    }
    let outcome = report
        .judgements
        .iter()
        .find(|judgement| judgement.rule == rule && judgement.scenario == scenario)
        .map(|judgement| judgement.outcome);
    if outcome == Some(Outcome::Kept) {
        return Ok(());
    }
    Err(format!("{rule} is not kept in {scenario}: {outcome:?}"))
}

/// Looks for the function and for the attribute above it.
fn is_a_test(file: &str, name: &str) -> Result<(), String> {
    let text = text_of(file).ok_or_else(|| format!("there is no file {file}"))?;
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let spelled = [format!("fn {name}("), format!("async fn {name}(")];
    let at = lines
        .iter()
        .position(|line| spelled.iter().any(|start| line.starts_with(start.as_str())))
        .ok_or_else(|| format!("{file} has no function {name}"))?;
    let mut above = lines[..at]
        .iter()
        .rev()
        .take_while(|line| line.starts_with("#[") || line.starts_with("///"));
    if above.any(|line| line.starts_with("#[test]") || line.starts_with("#[tokio::test")) {
        return Ok(());
    }
    Err(format!("{name} in {file} is no test"))
}

/// A path below the root of the repository.
pub(crate) fn path_of(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(file)
}

/// The text of a file of the repository, if it is there.
pub(crate) fn text_of(file: &str) -> Option<String> {
    std::fs::read_to_string(path_of(file)).ok()
}

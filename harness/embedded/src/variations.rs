//! The reference in its legal variations: every pair of values of the switches that the specifications leave
//! free. None of them may break a MUST; what is a freedom of a SHOULD is listed.

use crate::search;
use crate::wire::EmbeddedWire;
use crate::world::Embedded;
use mock_idp_core::{DialectId, Freedom, SignatureMemo, Switch};
use signoff_engine::wire::block_on_ready;
use signoff_engine::{Campaign, Outcome, RunReport, Search, Selection};
use signoff_oidc::spec::Severity;
use std::collections::BTreeSet;

/// One combination of values: the index of a value for each of [`Freedom::SWITCHES`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variation(pub Vec<usize>);

impl Variation {
    /// The provider's choices.
    pub fn freedom(&self) -> Freedom {
        let mut freedom = Freedom::default();
        for (switch, value) in Freedom::SWITCHES.iter().zip(&self.0) {
            (switch.values[*value].set)(&mut freedom);
        }
        freedom
    }

    /// The values that are not the usual ones: `asks = "when-required"`.
    pub fn describe(&self) -> String {
        let unusual: Vec<String> = self
            .values()
            .filter(|(_, value)| *value > 0)
            .map(|(switch, value)| format!("{} = {}", switch.name, switch.values[value].value))
            .collect();
        if unusual.is_empty() {
            "as usual".to_owned()
        } else {
            unusual.join(", ")
        }
    }

    /// True when this switch has this value, as written in a file.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.values()
            .any(|(switch, index)| switch.name == name && switch.values[index].value == value)
    }

    fn values(&self) -> impl Iterator<Item = (&'static Switch, usize)> {
        Freedom::SWITCHES.iter().zip(self.0.iter().copied())
    }
}

/// Variations in which every pair of values of two switches occurs, the usual one first. Values that keep the harness
/// from signing off at all would hide what they stand beside; they are left to [`apart`].
pub fn pairwise() -> Vec<Variation> {
    covering(&sizes()).into_iter().map(Variation).collect()
}

/// How many values of each switch are tried in pairs.
fn sizes() -> Vec<usize> {
    let paired = |switch: &Switch| {
        let values = switch.values.iter();
        values
            .filter(|choice| !is_apart(switch.name, choice.value))
            .count()
    };
    Freedom::SWITCHES.iter().map(paired).collect()
}

/// A question that is answered by following links is none that the harness recognises, so that little is decided: the
/// last values of their switches.
const APART: &[(&str, &str)] = &[("question", "\"links\"")];

fn is_apart(name: &str, value: &str) -> bool {
    APART.contains(&(name, value))
}

/// The values that are not tried in pairs, each beside the usual ones.
pub fn apart() -> Vec<Variation> {
    let mut variations = Vec::new();
    for (at, switch) in Freedom::SWITCHES.iter().enumerate() {
        for (value, choice) in switch.values.iter().enumerate() {
            if is_apart(switch.name, choice.value) {
                let mut row = vec![0; Freedom::SWITCHES.len()];
                row[at] = value;
                variations.push(Variation(row));
            }
        }
    }
    variations
}

/// Two switches and a value of each.
type Pair = (usize, usize, usize, usize);

/// Rows in which every pair of values occurs, made greedily: each row begins with a pair that is missing, and each
/// further value is the one that adds most. The first row is all zeros. Not the shortest list there is.
fn covering(sizes: &[usize]) -> Vec<Vec<usize>> {
    let mut missing: BTreeSet<Pair> = BTreeSet::new();
    for first in 0..sizes.len() {
        for second in first + 1..sizes.len() {
            for value in 0..sizes[first] {
                missing.extend((0..sizes[second]).map(|other| (first, value, second, other)));
            }
        }
    }
    let mut rows = vec![vec![0; sizes.len()]];
    loop {
        if let Some(row) = rows.last() {
            let covered: Vec<Pair> = pairs_of(row).collect();
            for pair in covered {
                missing.remove(&pair);
            }
        }
        let Some(&(first, value, second, other)) = missing.first() else {
            return rows;
        };
        let mut row: Vec<Option<usize>> = vec![None; sizes.len()];
        (row[first], row[second]) = (Some(value), Some(other));
        for at in 0..sizes.len() {
            if row[at].is_none() {
                row[at] = best(&missing, &row, at, sizes[at]);
            }
        }
        rows.push(row.into_iter().map(Option::unwrap_or_default).collect());
    }
}

fn pairs_of(row: &[usize]) -> impl Iterator<Item = Pair> {
    (0..row.len()).flat_map(move |first| {
        (first + 1..row.len()).map(move |second| (first, row[first], second, row[second]))
    })
}

/// The value for the switch `at` that adds most missing pairs to those chosen so far; the least of equals.
fn best(
    missing: &BTreeSet<Pair>,
    row: &[Option<usize>],
    at: usize,
    values: usize,
) -> Option<usize> {
    let adds = |value: usize| {
        let chosen = row
            .iter()
            .enumerate()
            .filter_map(|(other, v)| Some((other, (*v)?)));
        chosen
            .filter(|(other, v)| {
                missing.contains(&if *other < at {
                    (*other, *v, at, value)
                } else {
                    (at, value, *other, *v)
                })
            })
            .count()
    };
    (0..values).min_by_key(|value| std::cmp::Reverse(adds(*value)))
}

/// Signatures for runs to share.
pub fn signatures() -> SignatureMemo {
    SignatureMemo::new()
}

/// A SHOULD that a value of a switch chooses not to follow: switch, value, and the rules that speak of it.
const FREEDOMS_OF_A_SHOULD: &[(&str, &str, &[&str])] =
    &[("asks", "\"when-required\"", &["RPIL-2-26"])];

/// The rules that were broken in a run of this variation and may not be.
pub fn complaints(variation: &Variation, report: &RunReport) -> Vec<String> {
    let chosen: Vec<&str> = FREEDOMS_OF_A_SHOULD
        .iter()
        .filter(|(name, value, _)| variation.has(name, value))
        .flat_map(|(_, _, rules)| rules.iter().copied())
        .collect();
    report
        .with(Outcome::Violated)
        .filter(|judgement| {
            judgement.severity == Severity::Must || !chosen.contains(&judgement.rule)
        })
        .map(|judgement| {
            format!(
                "{} in {}: expected {}, saw {}",
                judgement.rule,
                judgement.scenario,
                judgement.expected.join(" or "),
                judgement.actual.as_deref().unwrap_or_default()
            )
        })
        .collect()
}

/// Runs every scenario against the reference in this variation, and so many generated cases.
pub fn run(
    variation: &Variation,
    cases: u64,
    seed: u64,
    signatures: &SignatureMemo,
) -> Result<RunReport, String> {
    let mut embedded =
        Embedded::in_memory(DialectId::Oidc, &[]).map_err(|error| error.to_string())?;
    for tenant in &mut embedded.config.tenants {
        tenant.freedom = variation.freedom();
    }
    let campaign = Campaign {
        selection: Selection::all(),
        ..search::campaign(
            embedded.target.clone(),
            &[],
            Search {
                cases,
                ..Search::default()
            },
            seed,
        )
    };
    let mut wire = EmbeddedWire::sharing(&embedded, signatures.clone());
    Ok(block_on_ready(campaign.run(
        &mut wire,
        &mut (),
        &mut (),
        &|| 0,
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_occurs_and_the_first_row_is_the_usual_one() {
        let sizes = sizes();
        let rows = covering(&sizes);
        assert!(rows[0].iter().all(|value| *value == 0));
        let covered: BTreeSet<Pair> = rows.iter().flat_map(|row| pairs_of(row)).collect();
        for first in 0..sizes.len() {
            for second in first + 1..sizes.len() {
                for value in 0..sizes[first] {
                    for other in 0..sizes[second] {
                        assert!(covered.contains(&(first, value, second, other)));
                    }
                }
            }
        }
        assert!(rows.len() < 40, "{} rows", rows.len());
        assert_eq!(covering(&sizes), rows);
    }

    #[test]
    fn every_value_is_tried() {
        let rows = [pairwise(), apart()].concat();
        for switch in Freedom::SWITCHES {
            for choice in switch.values {
                let tried = rows.iter().any(|row| row.has(switch.name, choice.value));
                assert!(tried, "{} = {}", switch.name, choice.value);
            }
        }
    }

    #[test]
    fn a_variation_is_what_its_words_say() {
        let rows = pairwise();
        assert_eq!(rows[0].describe(), "as usual");
        assert_eq!(rows[0].freedom(), Freedom::default());
        for row in &rows[1..] {
            assert_ne!(row.freedom(), Freedom::default(), "{}", row.describe());
        }
        assert!(rows[0].has("asks", "\"always\"") && !rows[0].has("asks", "\"never\""));
    }
}

//! An expectation that was not met, with the entry that comes nearest.

use std::fmt::{self, Write as _};

use serde_json::{Map, Value};
use similar::TextDiff;

use super::{Expectation, parameters};

/// Lines around a difference; an entry is shorter.
const WHOLE: usize = 100;

/// An expectation that was not met. Its text says what was expected, what was found, and how the nearest entry differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmet {
    text: String,
}

impl Unmet {
    pub(super) fn new(
        expectation: &Expectation,
        entries: &[Map<String, Value>],
        dropped: u64,
    ) -> Self {
        let (fitting, others): (Vec<_>, Vec<_>) = entries
            .iter()
            .partition(|entry| expectation.misses(entry) == Some(0));
        let mut text = format!(
            "expected {}: {expectation}\nfound {} among {} entries of the journal",
            often(expectation.times),
            fitting.len(),
            entries.len(),
        );
        if dropped > 0 {
            text.push_str(", which has lost older ones: raise journal_bound");
        }
        if !fitting.is_empty() {
            let numbers: Vec<_> = fitting.iter().map(|entry| number(entry)).collect();
            let _ = write!(text, " ({})", numbers.join(", "));
        } else if let Some(nearest) = nearest(expectation, &others) {
            let expected = lines(&expectation.imposed_on(nearest));
            let found = lines(nearest);
            let diff = TextDiff::from_lines(expected.as_str(), found.as_str());
            let mut diff = diff.unified_diff();
            let (title, found) = ("expected".to_owned(), format!("found: {}", number(nearest)));
            let diff = diff.context_radius(WHOLE).header(&title, &found);
            let _ = write!(text, "; the nearest differs so:\n{diff}");
        } else if !others.is_empty() {
            let last = others.iter().rev().take(5).rev();
            let kinds: Vec<_> = last.map(|entry| shown(&entry["event"])).collect();
            let _ = write!(
                text,
                "; none is of the kind, the last are: {}",
                kinds.join(", ")
            );
        }
        Self { text }
    }
}

impl fmt::Display for Unmet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Unmet {}

/// The entry with the fewest differences; of several the latest.
fn nearest<'a>(
    expectation: &Expectation,
    entries: &[&'a Map<String, Value>],
) -> Option<&'a Map<String, Value>> {
    let rated = entries
        .iter()
        .rev()
        .filter_map(|entry| Some((expectation.misses(entry)?, *entry)));
    rated
        .min_by_key(|(misses, _)| *misses)
        .map(|(_, entry)| entry)
}

impl Expectation {
    /// The entry as it would have been expected: what is not said is left as it is.
    fn imposed_on(&self, entry: &Map<String, Value>) -> Map<String, Value> {
        let mut expected = entry.clone();
        for (name, value) in &self.members {
            expected.insert((*name).to_owned(), value.clone());
        }
        let sent = parameters(entry);
        let kept = sent
            .iter()
            .filter(|name| !self.without.iter().any(|without| without == *name));
        let added = self
            .with
            .iter()
            .map(String::as_str)
            .filter(|name| !sent.contains(name));
        let names: Vec<&str> = kept.copied().chain(added).collect();
        if entry.contains_key("parameters") || !names.is_empty() {
            expected.insert("parameters".to_owned(), names.into());
        }
        expected
    }
}

impl fmt::Display for Expectation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.event)?;
        for (name, value) in &self.members {
            write!(f, ", {name} {}", shown(value))?;
        }
        for name in &self.with {
            write!(f, ", with {name}")?;
        }
        for name in &self.without {
            write!(f, ", without {name}")?;
        }
        Ok(())
    }
}

/// One line for each member, and for each parameter.
fn lines(entry: &Map<String, Value>) -> String {
    let mut lines = String::new();
    let said = entry
        .iter()
        .filter(|(name, _)| !["number", "at"].contains(&name.as_str()));
    for (name, value) in said {
        let values = match value {
            Value::Array(values) => values.iter().map(shown).collect(),
            one => vec![shown(one)],
        };
        for value in values {
            let _ = writeln!(lines, "{name}: {value}");
        }
    }
    lines
}

fn shown(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn number(entry: &Map<String, Value>) -> String {
    format!("entry {}", shown(&entry["number"]))
}

fn often((least, most): (usize, Option<usize>)) -> String {
    match (least, most) {
        (least, None) => format!("{least} or more"),
        (0, Some(0)) => "none".to_owned(),
        (least, Some(most)) if least == most => format!("exactly {least}"),
        (least, Some(most)) => format!("{least} to {most}"),
    }
}

//! The hand-written scenarios, one file a family. The order is the order of a run.

use crate::scenario::Scenario;

mod hint;

/// A family's name, which is the first segment of its scenarios' ids, and its scenarios.
type Family = (&'static str, fn() -> Vec<Scenario>);

/// The table of contents.
const FAMILIES: &[Family] = &[("hint", hint::scenarios)];

/// Every hand-written scenario, in the order of the families.
pub fn catalogue() -> Vec<Scenario> {
    FAMILIES
        .iter()
        .flat_map(|(_, scenarios)| scenarios())
        .collect()
}

//! The hand-written scenarios, one file a family. The order is the order of a run.

use crate::scenario::Scenario;

mod brokered;
mod client;
mod door;
mod headers;
mod hint;
mod method;
mod parameters;
mod redirect;
mod session;
mod state;
mod tokens;

/// A family's name, which is the first segment of its scenarios' ids, and its scenarios.
type Family = (&'static str, fn() -> Vec<Scenario>);

/// The table of contents: first what identifies the request, then where it leads, then how it is sent.
const FAMILIES: &[Family] = &[
    ("hint", hint::scenarios),
    ("client", client::scenarios),
    ("redirect", redirect::scenarios),
    ("state", state::scenarios),
    ("session", session::scenarios),
    ("tokens", tokens::scenarios),
    ("method", method::scenarios),
    ("parameters", parameters::scenarios),
    ("headers", headers::scenarios),
    ("brokered", brokered::scenarios),
    ("door", door::scenarios),
];

/// Every hand-written scenario, in the order of the families.
pub fn catalogue() -> Vec<Scenario> {
    FAMILIES
        .iter()
        .flat_map(|(_, scenarios)| scenarios())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn the_list_names_each_file_of_the_folder_and_no_other() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/families");
        let files: BTreeSet<String> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
            .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
            .collect();
        let listed: BTreeSet<String> = FAMILIES.iter().map(|(name, _)| (*name).into()).collect();
        assert_eq!(files, listed);
        assert_eq!(listed.len(), FAMILIES.len(), "a family is listed twice");
    }

    #[test]
    fn every_family_has_scenarios_and_their_ids_begin_with_its_name() {
        for (name, scenarios) in FAMILIES {
            assert!(!scenarios().is_empty(), "{name} is empty");
            for scenario in scenarios() {
                assert_eq!(
                    scenario.id.split('/').next(),
                    Some(*name),
                    "{}",
                    scenario.id
                );
            }
        }
    }
}

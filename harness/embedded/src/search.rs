//! Searches with generated cases alone, against the mock in memory.

use crate::wire::EmbeddedWire;
use crate::world::Embedded;
use mock_idp_core::DialectId;
use signoff_engine::wire::block_on_ready;
use signoff_engine::{Campaign, FailOn, RunReport, Search, Selection, Target};

/// The campaign that tries generated cases and no hand-written scenario.
pub fn campaign(target: Target, faults: &[String], search: Search, seed: u64) -> Campaign {
    Campaign {
        target,
        selection: Selection {
            scenarios: Vec::new(),
            complete: false,
            ..Selection::all()
        },
        seed,
        fail_on: FailOn::default(),
        faults: faults.to_vec(),
        max_fail: None,
        baseline: None,
        transcripts: false,
        search: Some(search),
    }
}

/// Makes it against the mock of this dialect with these faults.
pub fn run(
    dialect: DialectId,
    faults: &[&str],
    search: Search,
    seed: u64,
) -> Result<RunReport, String> {
    let faults: Vec<String> = faults.iter().map(|fault| (*fault).to_owned()).collect();
    let embedded = Embedded::in_memory(dialect, &faults).map_err(|error| error.to_string())?;
    let campaign = campaign(embedded.target.clone(), &faults, search, seed);
    let mut wire = EmbeddedWire::new(&embedded);
    Ok(block_on_ready(campaign.run(
        &mut wire,
        &mut (),
        &mut (),
        &|| 0,
    )))
}

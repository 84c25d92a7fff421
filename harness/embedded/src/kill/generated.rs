//! The fixed set of generated cases in the kill matrix: the first of a plan, and for each fault that no hand-written
//! scenario sees what a search shrank it to. The latter are files, so that they stay whatever becomes of the classes.

use signoff_scenarios::generated::Plan;
use signoff_scenarios::{CaseFile, Scenario};

/// How many cases of the plan are played.
const PLANNED: u64 = 32;

/// What searches found, as they kept it: `signoff run --fault FAULT --cases 2000 --seed 1 --keep DIR`.
const SHRUNK: &[&str] = &[
    include_str!("shrunk/any-subject-beside-client-id.toml"),
    include_str!("shrunk/charset-body-ignored.toml"),
    include_str!("shrunk/empty-hint-unasked-by-post.toml"),
    include_str!("shrunk/expired-hint-repeated-client-unasked.toml"),
    include_str!("shrunk/fragment-unmatched-beside-client-id.toml"),
    include_str!("shrunk/hint-unverified-beside-logout-hint.toml"),
    include_str!("shrunk/locales-skip-agreement.toml"),
    include_str!("shrunk/long-state-unmatched-by-post.toml"),
    include_str!("shrunk/older-question-newer-target.toml"),
    include_str!("shrunk/overlap-answer.toml"),
    include_str!("shrunk/overlap-request.toml"),
    include_str!("shrunk/query-state-beside-charset.toml"),
];

/// The cases, in their order.
///
/// # Panics
/// When a file of ours is no scenario, which a test would have seen.
pub fn fixed() -> Vec<Scenario> {
    let shrunk = SHRUNK.iter().map(|text| {
        CaseFile::parse(text)
            .expect("a scenario of ours")
            .scenario()
    });
    let plan = Plan::new(1);
    let planned = (0..PLANNED).filter_map(|index| {
        let trial = plan.candidate(index)?.tree.current();
        Some(trial.scenario(format!("generated/{index}")))
    });
    shrunk.chain(planned).collect()
}

//! One sign-off as rules see it: facts from the bytes sent, from the registrations and from the ledger;
//! what came of it; and the controls beside it.

use crate::record::{Arrival, Attempt, Ledger, Record};
use crate::world::World;

mod circumstances;
mod effect;
mod evidence;
mod forged;
mod outcome;
mod sent;
mod sessions;
mod tokens;
mod words;

pub use effect::Effect;
pub use evidence::{Control, Controls, Proof, Twin};
pub use outcome::{describe, leads_to};
pub use sent::{HintFacts, KNOWN, Registration};

/// One sign-off.
#[derive(Debug, Clone, Copy)]
pub struct SignOff<'a> {
    /// The target.
    pub world: &'a World,
    /// The case.
    pub record: &'a Record,
    /// Which attempt of the case.
    pub index: usize,
    /// What was run beside it.
    pub controls: &'a Controls,
}

impl<'a> SignOff<'a> {
    /// The attempt.
    pub fn attempt(&self) -> &'a Attempt {
        &self.record.attempts[self.index]
    }

    /// What reached relying parties between this sign-off and the next one.
    pub fn arrivals(&self) -> impl Iterator<Item = &'a Arrival> {
        self.record.arrivals_of(self.index)
    }

    fn ledger(&self) -> &'a Ledger {
        &self.record.ledger
    }
}

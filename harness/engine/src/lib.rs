//! Runs a scenario against a target and judges what came back.
//!
//! `target` says what is known of an IdP, `resolve` and `forge` turn a scenario's symbolic values into
//! bytes, `speech` makes of them the conversation that a product understands, `run` plays the steps over a [`Wire`], `judge` applies the rules and runs the controls they ask
//! for, `campaign` does this for a selection and adds it all up into a [`report::RunReport`].
//!
//! The crate is pure: it waits on a [`Wire`] and knows neither sockets nor clocks. Over a wire that answers
//! at once its futures are ready at once, so [`wire::block_on_ready`] drives them without a runtime.

pub mod baseline;
mod behind;
pub mod campaign;
pub mod causes;
pub mod dialects;
pub mod difference;
pub mod forge;
pub mod generated;
mod hearing;
pub mod judge;
pub mod mask;
pub mod report;
pub mod resolve;
mod respelt;
pub mod run;
pub mod settings;
pub mod sign_in;
pub mod snapshot;
pub mod speech;
mod spelling;
pub mod target;
pub mod wire;

pub use baseline::Baseline;
pub use campaign::{Campaign, Event, Listener, Manner, Partition, Search, Selection, merge};
pub use generated::Generated;
pub use report::{Exit, FailOn, Judgement, Outcome, RunReport};
pub use target::{SignInKind, Target};
pub use wire::{Command, Failure, Fidelity, Wire};

//! The rules: one file a normative sentence, one folder a document, and the vocabulary they are written in.
//!
//! A rule is a pure function from a sign-off ([`SignOff`]: a view of the [`record`]) to a [`Ruling`]. It
//! asserts no more than its sentence says, and it is not attached to a scenario: every rule judges every
//! sign-off to which it applies. This crate knows nothing of intents, products' parameters or the mock.
//! Start reading at [`catalogue`], then a rule's file, then [`sign_off`].

pub mod catalogue;
pub mod destination;
pub mod deviation;
pub mod discovery_view;
pub mod page;
pub mod record;
pub mod request_error;
mod returned_state;
pub mod rule;
pub mod ruling;
pub mod setting;
pub mod sign_off;
pub mod trials;
pub mod visit;
pub mod world;

mod asvs;
mod best_practice;
mod browser_security;
mod cookies;
mod core;
mod discovery;
mod identity_server;
mod issuer_identification;
mod named_hosts;
mod pingone;
mod registration;
mod revocation;
mod rp_initiated;
#[cfg(test)]
mod testing;
mod tokens;
mod workos;

pub use catalogue::CATALOGUE;
pub use deviation::{Deviation, When};
pub use discovery_view::DiscoveryView;
pub use record::Record;
pub use rule::{Judge, Rule};
pub use ruling::{Finding, Ruling, Seen, Stop};
pub use setting::Setting;
pub use sign_off::{Control, Controls, SignOff, Twin};
pub use trials::{Trial, Trials, Tried};
pub use world::World;

//! The one place where harness and mock meet: the mock's configuration for the scenarios' world, the way
//! to it in memory, and the proof that every fault breaks the rules it names.
//!
//! Neither side knows the other: the mock decides by its own policy and never sees a rule, and the rules
//! see only what came over the wire.

mod brokered;
pub mod defects;
pub mod kill;
pub mod outcomes;
pub mod search;
pub mod selftest;
pub mod variations;
mod wire;
mod world;

pub use wire::EmbeddedWire;
pub use world::{Embedded, START};

/// The dialects of the mock, by id, the default first.
pub const DIALECTS: &[&str] = &["pingone", "oidc", "identityserver", "workos"];

/// The mock's name of an edition.
pub fn edition(id: &str) -> Option<mock_idp_core::Edition> {
    mock_idp_core::Edition::named(id)
}

/// The mock's name of a dialect.
pub fn dialect(id: &str) -> Option<mock_idp_core::DialectId> {
    [
        mock_idp_core::DialectId::PingOne,
        mock_idp_core::DialectId::Oidc,
        mock_idp_core::DialectId::IdentityServer,
        mock_idp_core::DialectId::WorkOs,
    ]
    .into_iter()
    .find(|known| known.name() == id)
}

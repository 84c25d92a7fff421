//! Transports, target files, snapshot files and reports.
//!
//! The edge of the harness: here are files, environment, sockets and clocks. It knows how to reach a target
//! and where to write, and leaves judging to `signoff-engine`.

#![expect(
    clippy::disallowed_methods,
    reason = "this crate is the edge: it reads files and clocks for the pure crates"
)]

pub mod api;
mod atomic_file;
pub mod browser;
pub mod ears;
pub mod http_wire;
pub mod kept;
pub mod nearest;
pub mod program;
pub mod report;
pub mod snapshot_files;
pub mod target_file;
pub mod wire;

pub use api::{Aim, HttpTarget, Run, RunError, probe, select};
pub use http_wire::{HttpWire, MockControl};
pub use jiff::civil::Date;
pub use kept::kept_folder;
pub use signoff_embedded as embedded;
pub use signoff_engine as engine;
pub use signoff_oidc as oidc;
pub use signoff_rules as rules;
pub use signoff_scenarios as scenarios;

/// The examples of the README, compiled with the tests.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
pub struct Readme;

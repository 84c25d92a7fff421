//! Transports, target files, snapshot files and reports.
//!
//! The edge of the harness: here are files, environment, sockets and clocks. It knows how to reach a target
//! and where to write, and leaves judging to `signoff-engine`.

#![expect(
    clippy::disallowed_methods,
    reason = "this crate is the edge: it reads files and clocks for the pure crates"
)]

mod atomic_file;
pub mod nearest;
pub mod report;
pub mod snapshot_files;
pub mod wire;

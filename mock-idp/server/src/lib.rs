//! A mock identity provider over HTTP: a library for tests ([`MockIdp`]) and the server behind the stand-alone mock
//! ([`serve()`]).
//!
//! The provider itself is `mock-idp-core`, which has no socket, clock or thread. This crate adds those: it reads
//! requests with hyper, passes them on unchanged together with the time, and writes the answers. It must not know the
//! conformance harness: a test that only wants a provider does not compile one.
//!
//! Start reading at [`MockIdp`]; `accept.rs`, `conversation.rs` and `exchange.rs` are the way of a request.

#![expect(
    clippy::disallowed_methods,
    reason = "this crate is the edge: it gives the provider its clock and threads"
)]

mod accept;
mod builder;
mod config_file;
mod control_surface;
mod conversation;
mod exchange;
mod expectation;
mod mock;
mod names;
mod options;
mod outgoing;
mod progress;
mod protocol;
mod refusing;
mod reload;
mod serve;
mod server;
mod site;
pub mod standard;
mod tls;
// Its own tests run without the feature.
#[cfg(any(test, feature = "wiremock"))]
mod wiremock_adapter;

pub use builder::MockIdpBuilder;
pub use config_file::{ConfigFile, FileError};
pub use control_surface::PREFIX as CONTROL_PREFIX;
pub use expectation::{Expectation, Expected, Unmet};
pub use mock::MockIdp;
pub use mock_idp_core as core;
pub use options::{Clock, HostStyle, Patience, ServerOptions};
pub use refusing::RefusingIdp;
pub use reload::Watched;
pub use serve::{origin, serve, serve_file};
pub use server::{Server, StartError};
pub use tls::Tls;
#[cfg(any(test, feature = "wiremock"))]
pub use wiremock_adapter::MountedIdp;

/// The examples of the README, compiled.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}

//! The server over real sockets.

#![expect(
    clippy::disallowed_methods,
    reason = "tests write the files they serve"
)]

mod absent;
mod any_bytes;
mod browser;
mod config_file;
mod control_surface;
mod expectation;
mod hosts;
mod http2;
mod isolation;
mod limits;
mod reload;
mod schema;
mod sign_on_and_off;
mod tls;
mod walkthrough;
mod wire;

//! The server over real sockets.

mod any_bytes;
mod browser;
mod control_surface;
mod isolation;
mod limits;
mod sign_on_and_off;
mod walkthrough;
mod wire;

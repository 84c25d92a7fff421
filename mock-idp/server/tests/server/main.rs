//! The server over real sockets.

mod any_bytes;
mod control_surface;
mod isolation;
mod limits;
mod wire;

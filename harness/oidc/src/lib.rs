//! The words of the OpenID Connect and OAuth specifications as types.
//!
//! Raw parameters (order, repeats and empty values kept), HTTP messages as bytes, tokens as text, clients,
//! users, the browser's cookie jar, the discovery document, references to the specifications.
//!
//! This crate knows nothing of scenarios, rules or products, and does no input or output.
//! Start reading at [`params`] (what was sent) and [`http`] (how it was sent).

pub mod cookies;
pub mod discovery;
pub mod door;
pub mod http;
pub mod params;
pub mod party;
pub mod spec;
pub mod token;
pub mod uri;

pub use discovery::Metadata;
pub use door::Door;
pub use http::{Request, Response};
pub use jiff::Timestamp;
pub use params::{Given, Params};
pub use party::{Client, ClientAuth, User};
pub use spec::{Level, Reference};
pub use uri::Origin;

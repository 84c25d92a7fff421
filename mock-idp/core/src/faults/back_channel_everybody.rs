//! Clients that have nothing to do with the session learn who it was.

use super::{Expect, Fault};
use crate::config::DialectId::IdentityServer;
use crate::policy::Told;

pub(super) static FAULT: Fault = Fault {
    id: "back-channel-everybody",
    summary: "sends a logout token to every client there is",
    dialects: &[IdentityServer],
    expect: Expect::Must,
    breaks: &[(IdentityServer, &["IDS-02"])],
    stands_on: &["C-12", "O-15"],
    inject: |policy| {
        policy.telling.back_channel = Told::Everybody;
    },
};

//! Clients that have nothing to do with the session learn that it is over.

use super::{Expect, Fault};
use crate::config::DialectId::IdentityServer;
use crate::policy::Told;

pub(super) static FAULT: Fault = Fault {
    id: "front-channel-everybody",
    summary: "loads the front-channel address of every client there is",
    dialects: &[IdentityServer],
    expect: Expect::Must,
    breaks: &[(IdentityServer, &["IDS-02"])],
    stands_on: &["C-12", "O-15"],
    inject: |policy| {
        policy.telling.front_channel = Told::Everybody;
    },
};

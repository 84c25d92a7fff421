//! One client of the session never hears that it is over, and goes on.

use super::{Expect, Fault};
use crate::config::DialectId::IdentityServer;
use crate::policy::Told;

pub(super) static FAULT: Fault = Fault {
    id: "back-channel-incomplete",
    summary: "sends the last client of the session no logout token",
    dialects: &[IdentityServer],
    expect: Expect::Must,
    breaks: &[(IdentityServer, &["IDS-02"])],
    stands_on: &["O-14", "O-19"],
    inject: |policy| {
        policy.telling.back_channel = Told::AllButTheLast;
    },
};

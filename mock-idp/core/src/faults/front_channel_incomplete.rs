//! One client of the session never hears that it is over, and goes on.

use super::{Expect, Fault};
use crate::config::DialectId::IdentityServer;
use crate::policy::Told;

pub(super) static FAULT: Fault = Fault {
    id: "front-channel-incomplete",
    summary: "leaves the last client of the session out of the frames",
    dialects: &[IdentityServer],
    expect: Expect::Must,
    breaks: &[(IdentityServer, &["IDS-02"])],
    stands_on: &["Q-07", "Q-08", "Q-09"],
    inject: |policy| {
        policy.telling.front_channel = Told::AllButTheLast;
    },
};

//! A request that was under way writes the session back that had just ended.

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};
use crate::policy::Revival;

pub(super) static FAULT: Fault = Fault {
    id: "session-resurrected",
    summary: "lets a later request with the old cookie revive a session",
    dialects: &[PingOne, Oidc],
    expect: Expect::Must,
    breaks: &[(PingOne, &["CSS-06"]), (Oidc, &["RPIL-2-29"])],
    stands_on: &["D-15", "T-06"],
    inject: |policy| {
        policy.ending.revival = Revival::ByItsCookie;
    },
};

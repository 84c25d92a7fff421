//! Both of two requests loaded the session, the first one ended it, and the second one saves it as it was loaded.

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};
use crate::policy::Revival;

pub(super) static FAULT: Fault = Fault {
    id: "overlap-writes-back",
    summary: "brings a session back by a sign-off that is under way when it ends",
    dialects: &[PingOne, Oidc],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["CK-4.1.2.1-01", "CSS-06"]),
        (Oidc, &["CK-4.1.2.1-01", "CSS-06", "RPIL-2-29"]),
    ],
    stands_on: &["D-15", "T-06"],
    inject: |policy| {
        policy.ending.revival = Revival::ByOverlap;
    },
};

//! The session has ended and the cookie stays. It is worth nothing; whether it is cleared has no rule in RP-
//! Initiated Logout, but PingOne documents it.

use super::{Expect, Fault};
use crate::config::DialectId::PingOne;

pub(super) static FAULT: Fault = Fault {
    id: "cookie-kept",
    summary: "ends the session and leaves the cookie",
    dialects: &[PingOne],
    expect: Expect::Should,
    breaks: &[(PingOne, &["P1-SA-04"])],
    stands_on: &["D-02", "D-03", "D-11"],
    inject: |policy| {
        policy.ending.cookie_expires = false;
    },
};

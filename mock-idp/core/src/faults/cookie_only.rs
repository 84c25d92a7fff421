//! The browser forgets its cookie and the server does not: whoever kept a copy is still signed in.

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};

pub(super) static FAULT: Fault = Fault {
    id: "cookie-only",
    summary: "expires the cookie and keeps the session",
    dialects: &[PingOne, Oidc],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["P1-SA-03", "P1-WF-01", "P1-XP-01", "CSS-06"]),
        (Oidc, &["RPIL-2-29"]),
    ],
    stands_on: &["D-01", "D-04", "D-14"],
    inject: |policy| {
        policy.ending.session_ends = false;
    },
};

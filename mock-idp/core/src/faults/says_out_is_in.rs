//! The page says signed out; nothing happened.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};

pub(super) static FAULT: Fault = Fault {
    id: "says-out-is-in",
    summary: "answers as if the session had ended, and ends nothing",
    dialects: &[PingOne, Oidc, IdentityServer],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["P1-SA-03", "CSS-06"]),
        (Oidc, &["RPIL-2-29"]),
        (IdentityServer, &["RPIL-2-29"]),
    ],
    stands_on: &[
        "D-05", "D-06", "D-07", "D-08", "D-09", "D-10", "D-13", "T-07",
    ],
    inject: |policy| {
        policy.ending.session_ends = false;
        policy.ending.cookie_expires = false;
    },
};

//! A logout endpoint that knows only POST. RP-Initiated Logout section 2 requires both methods.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};

pub(super) static FAULT: Fault = Fault {
    id: "get-refused",
    summary: "answers 405 to a sign-off by GET",
    dialects: &[PingOne, Oidc, IdentityServer],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["RPIL-2-18", "P1-SO-16"]),
        (Oidc, &["RPIL-2-18"]),
        (IdentityServer, &["IDS-01", "IDS-11", "RPIL-2-18"]),
    ],
    stands_on: &["L-07"],
    inject: |policy| {
        policy.intake.get = false;
    },
};

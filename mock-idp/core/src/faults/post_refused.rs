//! A logout endpoint that knows only GET. RP-Initiated Logout section 2 requires both methods, and a long hint may
//! only fit a body.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};

pub(super) static FAULT: Fault = Fault {
    id: "post-refused",
    summary: "answers 405 to a sign-off by POST",
    dialects: &[PingOne, Oidc, IdentityServer],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["RPIL-2-18", "P1-SO-16"]),
        (Oidc, &["RPIL-2-18"]),
        (IdentityServer, &["RPIL-2-18"]),
    ],
    stands_on: &["L-01", "L-02", "L-03", "L-04", "L-05", "L-06"],
    inject: |policy| {
        policy.intake.post = false;
    },
};

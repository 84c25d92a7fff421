//! The relying party cannot tell its own sign-off from one that somebody else began.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};
use crate::policy::Returned;

pub(super) static FAULT: Fault = Fault {
    id: "state-dropped",
    summary: "leaves state out of the redirect",
    dialects: &[PingOne, Oidc, IdentityServer],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["RPIL-2-15", "P1-SA-09"]),
        (Oidc, &["RPIL-2-15"]),
        (IdentityServer, &["IDS-10"]),
    ],
    stands_on: &["A-55", "I-01", "I-03", "I-04", "I-05", "I-21"],
    inject: |policy| {
        policy.state.returned = Returned::Never;
    },
};

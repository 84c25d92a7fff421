//! The token says itself that it is not signed, and is believed.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};
use crate::policy::Algorithms;

pub(super) static FAULT: Fault = Fault {
    id: "hint-alg",
    summary: "takes a hint with the algorithm none, in any spelling",
    dialects: &[PingOne, Oidc, IdentityServer],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["RPIL-2-22", "P1-SO-07"]),
        (Oidc, &["RPIL-2-22"]),
        (
            IdentityServer,
            &[
                "IDS-05",
                "IDS-06",
                "IDS-09",
                "RPIL-2-22",
                "RPIL-4-01",
                "RPIL-6-01",
            ],
        ),
    ],
    stands_on: &["B-01", "B-10"],
    inject: |policy| {
        policy.hint.algorithms = Algorithms::Rs256OrNone;
    },
};

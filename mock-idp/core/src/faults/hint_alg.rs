//! The token says itself that it is not signed, and is believed.

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};
use crate::policy::Algorithms;

pub(super) static FAULT: Fault = Fault {
    id: "hint-alg",
    summary: "takes a hint with the algorithm none, in any spelling",
    dialects: &[PingOne, Oidc],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["RPIL-2-22", "P1-SO-07"]),
        (Oidc, &["RPIL-2-22"]),
    ],
    stands_on: &["B-01", "B-10"],
    inject: |policy| {
        policy.hint.algorithms = Algorithms::Rs256OrNone;
    },
};

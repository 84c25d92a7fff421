//! The hint is decoded and believed. Anybody can write one.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};
use crate::logout::hint::HintStep;

pub(super) static FAULT: Fault = Fault {
    id: "hint-unverified",
    summary: "takes a hint without looking at its signature",
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
    stands_on: &["B-01", "B-02", "B-10", "B-12", "B-13"],
    inject: |policy| {
        policy
            .hint
            .skip(&[HintStep::Algorithm, HintStep::Signature]);
    },
};

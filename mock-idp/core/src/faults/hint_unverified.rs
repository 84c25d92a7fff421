//! The hint is decoded and believed. Anybody can write one.

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};
use crate::logout::hint::HintStep;

pub(super) static FAULT: Fault = Fault {
    id: "hint-unverified",
    summary: "takes a hint without looking at its signature",
    dialects: &[PingOne, Oidc],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["RPIL-2-22", "P1-SO-07"]),
        (Oidc, &["RPIL-2-22"]),
    ],
    stands_on: &["B-01", "B-02", "B-10", "B-12", "B-13"],
    inject: |policy| {
        policy
            .hint
            .skip(&[HintStep::Algorithm, HintStep::Signature]);
    },
};

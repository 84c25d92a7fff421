//! A front that cuts requests short far below what the product promises, and leaves the person signed in.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, PingOne};
use crate::policy::Bounds;

pub(super) static FAULT: Fault = Fault {
    id: "long-refused",
    summary: "answers 400 to a sign-off with more than 2,000 octets of request target",
    dialects: &[PingOne, IdentityServer],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["P1-SO-12"]),
        (IdentityServer, &["IDS-01", "RPIL-2-18"]),
    ],
    stands_on: &["D-16", "K-05"],
    inject: |policy| {
        policy.intake.bounds = Some(Bounds {
            target: 2_000,
            body: None,
            status: 400,
        });
    },
};

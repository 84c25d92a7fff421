//! The issuer of the hint is not looked at. Where tenants share a key, one can speak for another.

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};
use crate::logout::hint::HintStep;

pub(super) static FAULT: Fault = Fault {
    id: "hint-any-issuer",
    summary: "takes a hint whatever its issuer",
    dialects: &[PingOne, Oidc],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["P1-SO-08", "P1-SO-09", "P1-IDP-06"]),
        (Oidc, &["RPIL-2-22"]),
    ],
    stands_on: &["B-03"],
    inject: |policy| {
        // The sessions of another issuer are not known here, so they cannot be asked for either.
        policy
            .hint
            .skip(&[HintStep::Issuer, HintStep::SessionRecent]);
    },
};

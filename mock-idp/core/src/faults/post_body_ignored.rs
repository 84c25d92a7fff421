//! A logout endpoint that takes POST but looks for the parameters in the query, so that everything sent in the body
//! is lost.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};
use crate::policy::PostParameters;

pub(super) static FAULT: Fault = Fault {
    id: "post-body-ignored",
    summary: "reads only the query of a POST",
    dialects: &[PingOne, Oidc, IdentityServer],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["RPIL-2-18", "P1-SO-16"]),
        (Oidc, &["RPIL-2-18"]),
        (IdentityServer, &["IDS-07", "RPIL-2-18", "RPIL-2-21"]),
    ],
    stands_on: &["L-09"],
    inject: |policy| {
        policy.intake.post_parameters = PostParameters::Query;
    },
};

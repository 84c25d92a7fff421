//! A client that asked for no redirect gets one. Section 3 makes it a reaction to the parameter.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, PingOne};
use crate::policy::Otherwise;

pub(super) static FAULT: Fault = Fault {
    id: "redirect-default",
    summary: "redirects to the first registered URI of the client when none was asked for",
    dialects: &[PingOne, IdentityServer],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["P1-SO-17", "RPIL-3-01"]),
        (IdentityServer, &["IDS-09"]),
    ],
    stands_on: &["A-47"],
    inject: |policy| {
        policy.target.otherwise = Otherwise::OnlyRegistered;
    },
};

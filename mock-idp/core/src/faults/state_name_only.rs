//! The name comes back and the value does not.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};
use crate::policy::Spelled;

pub(super) static FAULT: Fault = Fault {
    id: "state-name-only",
    summary: "returns state without its value",
    dialects: &[PingOne, Oidc, IdentityServer],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["RPIL-2-15", "P1-SA-09"]),
        (Oidc, &["RPIL-2-15"]),
        (IdentityServer, &["IDS-10"]),
    ],
    stands_on: &["I-02"],
    inject: |policy| {
        policy.state.spelled = Spelled::NameOnly;
    },
};

//! A second question mark: to the relying party state is part of another value.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};
use crate::policy::Spelled;

pub(super) static FAULT: Fault = Fault {
    id: "state-bad-join",
    summary: "joins state with ? also when the redirect URI has a query",
    dialects: &[PingOne, Oidc, IdentityServer],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["RPIL-2-15"]),
        (Oidc, &["RPIL-2-15"]),
        (IdentityServer, &["IDS-07", "IDS-10"]),
    ],
    stands_on: &["I-08", "I-12"],
    inject: |policy| {
        policy.state.spelled = Spelled::AlwaysQuestionMark;
    },
};

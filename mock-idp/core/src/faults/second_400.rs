//! The first sign-off removed what the second one looks for; the second relying party sees an error.

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};
use crate::policy::WithoutSession;

pub(super) static FAULT: Fault = Fault {
    id: "second-400",
    summary: "refuses a second sign-off of the same session",
    dialects: &[PingOne, Oidc],
    expect: Expect::Must,
    breaks: &[(PingOne, &["RPIL-4-03"]), (Oidc, &["RPIL-4-03"])],
    stands_on: &["F-07", "P-09"],
    inject: |policy| {
        policy.without_session = WithoutSession::RefuseSecond;
    },
};

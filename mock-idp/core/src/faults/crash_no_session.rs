//! Code that expects a session meets a browser without one.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};
use crate::policy::WithoutSession;
use crate::refusal::Refusal;

pub(super) static FAULT: Fault = Fault {
    id: "crash-no-session",
    summary: "answers 500 when there is no session",
    dialects: &[PingOne, Oidc, IdentityServer],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["RPIL-4-03", "CSS-03"]),
        (Oidc, &["RPIL-4-03", "CSS-03"]),
        (IdentityServer, &["RPIL-4-03"]),
    ],
    stands_on: &["F-01", "F-06", "F-12", "N-06", "N-07"],
    inject: |policy| {
        policy.without_session = WithoutSession::Refuse;
        policy.answer.crashes_on = |refusal| refusal == Refusal::SessionAbsent;
    },
};

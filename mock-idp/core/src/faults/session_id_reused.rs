//! The next sign-on brings the old session back to life, old cookie included.

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};
use crate::policy::SessionIdentity;

pub(super) static FAULT: Fault = Fault {
    id: "session-id-reused",
    summary: "gives the next session of a user the id and the cookie of the one that ended",
    dialects: &[PingOne, Oidc],
    expect: Expect::Must,
    breaks: &[(PingOne, &["RPIL-2-29"]), (Oidc, &["RPIL-2-29"])],
    stands_on: &["C-05", "C-06"],
    inject: |policy| {
        policy.session_identity = SessionIdentity::ReusedPerUser;
    },
};

//! Whoever signs on again gets the session that ended.

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};
use crate::policy::SessionIdentity;

pub(super) static FAULT: Fault = Fault {
    id: "session-id-reused",
    summary: "gives the next session of a user the id and the cookie of the one before",
    dialects: &[PingOne, Oidc],
    expect: Expect::Should,
    breaks: &[(PingOne, &["CK-8.4-01"]), (Oidc, &["CK-8.4-01"])],
    stands_on: &["C-05", "C-06"],
    inject: |policy| {
        policy.session_identity = SessionIdentity::ReusedPerUser;
    },
};

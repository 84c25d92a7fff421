//! One sign-off signs everybody off.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::policy::EndedSession;

pub(super) static FAULT: Fault = Fault {
    id: "ends-all-users",
    summary: "ends the sessions of all users, not of the one who signs off",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["CSS-18"])],
    stands_on: &["C-08"],
    inject: |policy| {
        policy.ending.whose = EndedSession::Everybody;
    },
};

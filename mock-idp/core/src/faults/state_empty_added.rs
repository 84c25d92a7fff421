//! A parameter that nobody sent comes back empty, and the URI is no longer the registered one.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};

pub(super) static FAULT: Fault = Fault {
    id: "state-empty-added",
    summary: "adds an empty state when none was sent",
    dialects: &[PingOne, Oidc, IdentityServer],
    expect: Expect::None,
    breaks: &[],
    stands_on: &["I-15"],
    inject: |policy| {
        policy.state.added_when_absent = true;
    },
};

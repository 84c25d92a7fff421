//! A semicolon stays as it is. RFC 3986 section 3.4 allows it; a judge that splits at semicolons is wrong.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};
use crate::policy::Spelled;

pub(super) static FAULT: Fault = Fault {
    id: "state-semicolon",
    summary: "returns state with semicolons unencoded",
    dialects: &[PingOne, Oidc, IdentityServer],
    expect: Expect::None,
    breaks: &[],
    stands_on: &["I-14"],
    inject: |policy| {
        policy.state.spelled = Spelled::SemicolonKept;
    },
};

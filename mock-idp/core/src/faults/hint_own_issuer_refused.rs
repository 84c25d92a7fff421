//! The issuer is compared with a slash more than it is issued with.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::policy::ExpectedIssuer;

pub(super) static FAULT: Fault = Fault {
    id: "hint-own-issuer-refused",
    summary: "refuses its own hints for their issuer",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["CSS-14"])],
    stands_on: &["B-38", "B-40"],
    inject: |policy| {
        policy.hint.issuer = ExpectedIssuer::WithSlash;
    },
};

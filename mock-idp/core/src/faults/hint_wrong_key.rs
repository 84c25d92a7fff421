//! Hints are verified with the key of another tenant.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::policy::VerifyingKey;

pub(super) static FAULT: Fault = Fault {
    id: "hint-wrong-key",
    summary: "refuses its own hints, verified with a key of somebody else",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["CSS-14"])],
    stands_on: &["B-11"],
    inject: |policy| {
        policy.hint.key = VerifyingKey::Neighbours;
    },
};

//! A hint is recommended, not required. Who lost the ID token cannot sign off any more.

use super::{Expect, Fault};
use crate::config::DialectId::PingOne;

pub(super) static FAULT: Fault = Fault {
    id: "hint-required",
    summary: "refuses a sign-off without id_token_hint",
    dialects: &[PingOne],
    expect: Expect::Must,
    breaks: &[(PingOne, &["P1-SO-03"])],
    stands_on: &["D-17", "L-15"],
    inject: |policy| {
        policy.hint.required = true;
    },
};

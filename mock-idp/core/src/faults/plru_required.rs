//! A redirect is a wish, not a condition: without one there is still somebody to sign off.

use super::{Expect, Fault};
use crate::config::DialectId::PingOne;

pub(super) static FAULT: Fault = Fault {
    id: "plru-required",
    summary: "refuses a sign-off without post_logout_redirect_uri",
    dialects: &[PingOne],
    expect: Expect::Must,
    breaks: &[(PingOne, &["P1-SO-11", "P1-SO-17"])],
    stands_on: &["L-14"],
    inject: |policy| {
        policy.target.required = true;
    },
};

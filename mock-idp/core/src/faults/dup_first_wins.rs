//! A value is checked and another one is used: a repeated parameter slips past the check.

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};
use crate::policy::Repeats;

pub(super) static FAULT: Fault = Fault {
    id: "dup-first-wins",
    summary: "checks the first of several redirect URIs and follows the last",
    dialects: &[PingOne, Oidc],
    expect: Expect::Must,
    breaks: &[(PingOne, &["CSS-05"]), (Oidc, &["CSS-05"])],
    stands_on: &["L-10", "L-11"],
    inject: |policy| {
        policy.intake.repeated = Repeats::FirstCheckedLastUsed;
    },
};

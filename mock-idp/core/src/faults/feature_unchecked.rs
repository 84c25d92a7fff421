//! The setting of a connection is not looked at.

use super::{Expect, Fault};
use crate::config::DialectId::WorkOs;

pub(super) static FAULT: Fault = Fault {
    id: "feature-unchecked",
    summary: "hands out a logout token where Single Logout was not enabled",
    dialects: &[WorkOs],
    expect: Expect::Must,
    breaks: &[(WorkOs, &["WOS-GEN-01"])],
    stands_on: &["S-01"],
    inject: |policy| {
        policy.brokering.feature_checked = false;
    },
};

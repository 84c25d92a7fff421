//! A connection that does not speak OpenID Connect is taken for one that does.

use super::{Expect, Fault};
use crate::config::DialectId::WorkOs;

pub(super) static FAULT: Fault = Fault {
    id: "kind-unchecked",
    summary: "hands out a logout token for a connection of any kind",
    dialects: &[WorkOs],
    expect: Expect::Must,
    breaks: &[(WorkOs, &["WOS-RP-05"])],
    stands_on: &["S-01"],
    inject: |policy| {
        policy.brokering.kind_checked = false;
    },
};

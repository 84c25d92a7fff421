//! Whether the identity provider can sign anybody off is not looked at.

use super::{Expect, Fault};
use crate::config::DialectId::WorkOs;

pub(super) static FAULT: Fault = Fault {
    id: "provider-unchecked",
    summary: "hands out a logout token without a look at the identity provider's metadata",
    dialects: &[WorkOs],
    expect: Expect::Must,
    breaks: &[(WorkOs, &["WOS-RP-05"])],
    stands_on: &["S-01"],
    inject: |policy| {
        policy.brokering.provider_checked = false;
    },
};

//! Two calls of one product do not speak of the same thing.

use super::{Expect, Fault};
use crate::config::DialectId::WorkOs;

pub(super) static FAULT: Fault = Fault {
    id: "profile-renamed",
    summary: "tells a profile by another id than its logout call knows",
    dialects: &[WorkOs],
    expect: Expect::Must,
    breaks: &[(WorkOs, &["WOS-RP-03"])],
    stands_on: &["D-10"],
    inject: |policy| {
        policy.brokering.profile_ids_agree = false;
    },
};

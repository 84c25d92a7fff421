//! Whatever is named as a profile is taken for one.

use super::{Expect, Fault};
use crate::config::DialectId::WorkOs;

pub(super) static FAULT: Fault = Fault {
    id: "profile-unchecked",
    summary: "hands out a logout token for any profile id",
    dialects: &[WorkOs],
    expect: Expect::Must,
    breaks: &[(WorkOs, &["WOS-RP-02"])],
    stands_on: &["D-10"],
    inject: |policy| {
        policy.brokering.profile_must_exist = false;
    },
};

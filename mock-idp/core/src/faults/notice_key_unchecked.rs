//! Which connection a notice is for is not looked at.

use super::{Expect, Fault};
use crate::config::DialectId::WorkOs;

pub(super) static FAULT: Fault = Fault {
    id: "notice-key-unchecked",
    summary: "takes a notice with any key in its address",
    dialects: &[WorkOs],
    expect: Expect::Must,
    breaks: &[(WorkOs, &["WOS-IDP-02"])],
    stands_on: &["A-01"],
    inject: |policy| {
        policy.brokering.notice_key_checked = false;
    },
};

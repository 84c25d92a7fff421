//! An open redirector at the address for notices.

use super::{Expect, Fault};
use crate::config::DialectId::WorkOs;

pub(super) static FAULT: Fault = Fault {
    id: "notice-obeys-request",
    summary: "sends a notice of the identity provider wherever its request says",
    dialects: &[WorkOs],
    expect: Expect::Must,
    breaks: &[(WorkOs, &["WOS-IDP-02"])],
    stands_on: &["A-01"],
    inject: |policy| {
        policy.brokering.notice_obeys_the_request = true;
    },
};

//! What is called short-lived lasts.

use super::{Expect, Fault};
use crate::config::DialectId::WorkOs;

pub(super) static FAULT: Fault = Fault {
    id: "logout-token-for-ever",
    summary: "takes a logout token however old it is",
    dialects: &[WorkOs],
    expect: Expect::Must,
    breaks: &[(WorkOs, &["WOS-RP-04"])],
    stands_on: &["P-02"],
    inject: |policy| {
        policy.brokering.token_expires = false;
    },
};

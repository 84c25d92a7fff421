//! A token that was used signs off whoever has signed in since.

use super::{Expect, Fault};
use crate::config::DialectId::WorkOs;

pub(super) static FAULT: Fault = Fault {
    id: "logout-token-reusable",
    summary: "takes a logout token as often as it is sent",
    dialects: &[WorkOs],
    expect: Expect::Must,
    breaks: &[(WorkOs, &["WOS-RP-04"])],
    stands_on: &["P-02"],
    inject: |policy| {
        policy.brokering.token_good_once = false;
    },
};

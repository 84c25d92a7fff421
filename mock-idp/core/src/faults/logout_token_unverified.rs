//! The claims of a token are read and its signature is not.

use super::{Expect, Fault};
use crate::config::DialectId::WorkOs;

pub(super) static FAULT: Fault = Fault {
    id: "logout-token-unverified",
    summary: "takes any logout token at its word",
    dialects: &[WorkOs],
    expect: Expect::Must,
    breaks: &[(WorkOs, &["WOS-RP-04"])],
    stands_on: &["P-01"],
    inject: |policy| {
        policy.brokering.token_verified = false;
    },
};

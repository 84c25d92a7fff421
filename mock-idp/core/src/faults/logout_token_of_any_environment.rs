//! The token of another environment signs off whoever brings it here.

use super::{Expect, Fault};
use crate::config::DialectId::WorkOs;

pub(super) static FAULT: Fault = Fault {
    id: "logout-token-of-any-environment",
    summary: "takes a logout token whichever environment handed it out",
    dialects: &[WorkOs],
    expect: Expect::Must,
    breaks: &[(WorkOs, &["WOS-RP-04"])],
    stands_on: &["P-01"],
    inject: |policy| {
        policy.brokering.token_verified = false;
        policy.brokering.token_of_known_profile = false;
    },
};

//! The browser is never sent to the identity provider.

use super::{Expect, Fault};
use crate::config::DialectId::WorkOs;

pub(super) static FAULT: Fault = Fault {
    id: "provider-not-asked",
    summary: "says signed off and leaves the session at the identity provider alone",
    dialects: &[WorkOs],
    expect: Expect::Must,
    breaks: &[(WorkOs, &["WOS-RP-01", "WOS-RP-04"])],
    stands_on: &["E-01"],
    inject: |policy| {
        policy.brokering.provider_signs_off = false;
    },
};

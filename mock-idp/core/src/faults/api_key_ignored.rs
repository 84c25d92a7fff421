//! The application's server need not show who it is.

use super::{Expect, Fault};
use crate::config::DialectId::WorkOs;

pub(super) static FAULT: Fault = Fault {
    id: "api-key-ignored",
    summary: "hands a logout token to whoever asks, without an API key",
    dialects: &[WorkOs],
    expect: Expect::Must,
    breaks: &[(WorkOs, &["WOS-RP-02"])],
    stands_on: &["H-01"],
    inject: |policy| {
        policy.brokering.api_key_required = false;
    },
};

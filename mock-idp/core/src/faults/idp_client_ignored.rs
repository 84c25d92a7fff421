//! Nobody compares who sends a token with whom it was made for.

use super::{Expect, Fault};
use crate::config::DialectId::PingOne;

pub(super) static FAULT: Fault = Fault {
    id: "idp-client-ignored",
    summary: "idpSignoff ignores client_id",
    dialects: &[PingOne],
    expect: Expect::Must,
    breaks: &[(PingOne, &["P1-IDP-03"])],
    stands_on: &["B-14"],
    inject: |policy| {
        policy.hint_alone.client_must_agree = false;
    },
};

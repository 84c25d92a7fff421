//! Applications that asked to hear of a sign-off do not.

use super::{Expect, Fault};
use crate::config::DialectId::PingOne;

pub(super) static FAULT: Fault = Fault {
    id: "others-not-told",
    summary: "signoff never tells the other applications of the session",
    dialects: &[PingOne],
    expect: Expect::Should,
    breaks: &[(PingOne, &["P1-XP-03"])],
    stands_on: &["Q-07", "Q-08"],
    inject: |policy| {
        policy.every_protocol.others_by_setting = false;
    },
};

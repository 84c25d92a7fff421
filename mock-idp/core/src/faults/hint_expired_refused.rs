//! The ID token has long expired when somebody signs off: sessions outlive ID tokens (RP-Initiated Logout section
//! 2).

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};
use crate::logout::hint::HintStep;

pub(super) static FAULT: Fault = Fault {
    id: "hint-expired-refused",
    summary: "refuses a genuine hint past its exp",
    dialects: &[PingOne, Oidc],
    expect: Expect::Should,
    breaks: &[
        (PingOne, &["RPIL-2-23", "P1-SO-10"]),
        (Oidc, &["RPIL-2-23"]),
    ],
    stands_on: &[
        "B-15", "B-16", "B-17", "B-18", "B-20", "B-21", "B-22", "B-23",
    ],
    inject: |policy| {
        policy.hint.take(HintStep::Expiry);
    },
};

//! A front that answers 414 to what the product promises to take, by whichever method.

use super::{Expect, Fault};
use crate::config::DialectId::PingOne;
use crate::policy::Bounds;

pub(super) static FAULT: Fault = Fault {
    id: "long-refused-414",
    summary: "answers 414 to a sign-off with more than 8,000 octets of request target or content",
    dialects: &[PingOne],
    expect: Expect::Should,
    breaks: &[(PingOne, &["P1-SO-18"])],
    stands_on: &["K-01", "K-04"],
    inject: |policy| {
        policy.intake.bounds = Some(Bounds {
            target: 8_000,
            body: Some(8_000),
            status: 414,
        });
    },
};

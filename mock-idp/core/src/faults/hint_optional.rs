//! Nobody asks for the hint that PingOne's older guide requires. In every other edition that is as documented.

use super::{Expect, Fault};
use crate::config::DialectId::PingOne;

pub(super) static FAULT: Fault = Fault {
    id: "hint-optional",
    summary: "signs off without id_token_hint, which only PingOne's edition legacy requires",
    dialects: &[PingOne],
    expect: Expect::None,
    breaks: &[],
    stands_on: &["H-02"],
    inject: |policy| {
        policy.hint.required = false;
    },
};

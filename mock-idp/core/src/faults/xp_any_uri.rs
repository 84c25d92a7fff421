//! An endpoint that names no application follows any address.

use super::{Expect, Fault};
use crate::config::DialectId::PingOne;

pub(super) static FAULT: Fault = Fault {
    id: "xp-any-uri",
    summary: "xp/signoff follows any redirect URI",
    dialects: &[PingOne],
    expect: Expect::Must,
    breaks: &[(PingOne, &["P1-XP-02"])],
    stands_on: &["A-01"],
    inject: |policy| {
        policy.every_protocol.uris_listed = false;
    },
};

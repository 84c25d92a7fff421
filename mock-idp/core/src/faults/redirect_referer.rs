//! Without a redirect URI the browser is sent back to where it came from, which anybody can choose.

use super::{Expect, Fault};
use crate::config::DialectId::PingOne;
use crate::policy::Otherwise;

pub(super) static FAULT: Fault = Fault {
    id: "redirect-referer",
    summary: "redirects to the Referer when no redirect URI was asked for",
    dialects: &[PingOne],
    expect: Expect::Must,
    breaks: &[(PingOne, &["CSS-07", "P1-SO-17"])],
    stands_on: &["A-46"],
    inject: |policy| {
        policy.target.otherwise = Otherwise::Referer;
    },
};

//! A form with a long `state` goes through a store, and what comes out of it counts as checked.

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};
use crate::policy::{Circumstances, Policy, Unchecked};

pub(super) static FAULT: Fault = Fault {
    id: "long-state-unmatched-by-post",
    summary: "follows any redirect URI of a form whose state has 256 octets or more",
    dialects: &[PingOne, Oidc],
    expect: Expect::Must,
    breaks: &[(PingOne, &["RPIL-3-04"]), (Oidc, &["RPIL-3-04"])],
    stands_on: &["A-03"],
    inject: |policy| {
        policy.adapts = Some(adapts);
    },
};

fn adapts(circumstances: &Circumstances, policy: &mut Policy) {
    let state = circumstances.sent.octets("state").map_or(0, <[u8]>::len);
    if circumstances.by_post && state >= 256 {
        policy.target.unchecked = Unchecked::Always;
    }
}

//! A form that says its `charset` is read by another parser, and `state` then comes from the query although the form has
//! one.

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};
use crate::policy::{Circumstances, Policy, StateOfPost};

pub(super) static FAULT: Fault = Fault {
    id: "query-state-beside-charset",
    summary: "takes state from the query of a POST whose form names its charset",
    dialects: &[PingOne, Oidc],
    expect: Expect::Should,
    breaks: &[(PingOne, &["RPIL-2-21"]), (Oidc, &["RPIL-2-21"])],
    stands_on: &["L-09"],
    inject: |policy| {
        policy.adapts = Some(adapts);
    },
};

fn adapts(circumstances: &Circumstances, policy: &mut Policy) {
    if circumstances.by_post && circumstances.content_type.contains("charset") {
        policy.intake.state_of_post = StateOfPost::QueryFirst;
    }
}

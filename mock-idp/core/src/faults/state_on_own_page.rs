//! state is meant for the relying party; here it ends up in the address of the provider.

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};

pub(super) static FAULT: Fault = Fault {
    id: "state-on-own-page",
    summary: "adds state to the address of its own signed-off page",
    dialects: &[PingOne, Oidc],
    expect: Expect::None,
    breaks: &[],
    stands_on: &["I-19"],
    inject: |policy| {
        policy.state.on_own_page = true;
    },
};

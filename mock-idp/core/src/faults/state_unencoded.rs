//! state is put into the query as it is: an ampersand makes a new parameter of it, a plus becomes a space.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};
use crate::policy::Spelled;

pub(super) static FAULT: Fault = Fault {
    id: "state-unencoded",
    summary: "returns state without encoding it",
    dialects: &[PingOne, Oidc, IdentityServer],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["RPIL-2-15"]),
        (Oidc, &["RPIL-2-15"]),
        (IdentityServer, &["IDS-07", "IDS-10"]),
    ],
    stands_on: &["I-09", "I-10", "I-11", "I-12", "I-13", "J-06"],
    inject: |policy| {
        policy.state.spelled = Spelled::Raw;
    },
};

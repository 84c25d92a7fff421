//! state is read from the query only.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};
use crate::policy::Returned;

pub(super) static FAULT: Fault = Fault {
    id: "state-dropped-post",
    summary: "leaves state out of the redirect after a POST",
    dialects: &[PingOne, Oidc, IdentityServer],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["RPIL-2-15"]),
        (Oidc, &["RPIL-2-15"]),
        (IdentityServer, &["IDS-10"]),
    ],
    stands_on: &["I-06"],
    inject: |policy| {
        policy.state.returned = Returned::NotOnPost;
    },
};

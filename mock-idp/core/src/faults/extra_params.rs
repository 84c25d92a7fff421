//! Parameters that nobody asked for leak who was signed in, and where, to the address and its logs.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};
use crate::policy::Extra;

pub(super) static FAULT: Fault = Fault {
    id: "extra-params",
    summary: "adds client_id, iss and sid to the redirect",
    dialects: &[PingOne, Oidc, IdentityServer],
    expect: Expect::None,
    breaks: &[],
    stands_on: &["I-16", "I-17", "U-06"],
    inject: |policy| {
        policy.state.extra = &[Extra::ClientId, Extra::Iss, Extra::Sid];
    },
};

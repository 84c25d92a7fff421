//! Whether state is there already is decided by looking for its name anywhere in the URI.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};
use crate::policy::Returned;

pub(super) static FAULT: Fault = Fault {
    id: "state-dropped-if-present",
    summary: "leaves state out when the redirect URI has \"state=\" in it",
    dialects: &[PingOne, Oidc, IdentityServer],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["RPIL-2-15"]),
        (Oidc, &["RPIL-2-15"]),
        (IdentityServer, &["IDS-10"]),
    ],
    stands_on: &["I-13"],
    inject: |policy| {
        policy.state.returned = Returned::UnlessUriHasState;
    },
};

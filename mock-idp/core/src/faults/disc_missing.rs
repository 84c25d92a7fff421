//! Nobody finds the logout endpoint.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};

pub(super) static FAULT: Fault = Fault {
    id: "disc-missing",
    summary: "leaves end_session_endpoint out of the discovery document",
    dialects: &[PingOne, Oidc, IdentityServer],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["RPIL-2.1-02"]),
        (Oidc, &["RPIL-2.1-02"]),
        (IdentityServer, &["IDS-03", "RPIL-2.1-02"]),
    ],
    stands_on: &["N-08", "S-03", "S-04"],
    inject: |policy| {
        policy.end_session_endpoint_published = false;
    },
};

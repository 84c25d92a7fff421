//! The redirect URI is checked on the way without a session only.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};
use crate::policy::Unchecked;

pub(super) static FAULT: Fault = Fault {
    id: "redirect-any-when-session",
    summary: "follows any post_logout_redirect_uri when there is a session",
    dialects: &[PingOne, Oidc, IdentityServer],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["RPIL-3-04", "P1-SO-14"]),
        (Oidc, &["RPIL-3-04"]),
        (IdentityServer, &["IDS-06", "IDS-08", "IDS-09"]),
    ],
    stands_on: &["A-03"],
    inject: |policy| {
        policy.target.unchecked = Unchecked::WithSession;
    },
};

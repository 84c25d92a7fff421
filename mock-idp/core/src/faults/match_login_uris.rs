//! The wrong list is consulted: the URIs for sign-in instead of those for sign-off.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};
use crate::policy::RegisteredList;

pub(super) static FAULT: Fault = Fault {
    id: "match-login-uris",
    summary: "compares with redirect_uris instead of post_logout_redirect_uris",
    dialects: &[PingOne, Oidc, IdentityServer],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["RPIL-3-04", "P1-SO-14"]),
        (Oidc, &["RPIL-3-04"]),
        (IdentityServer, &["IDS-07", "IDS-08", "IDS-09"]),
    ],
    stands_on: &["A-44", "A-55"],
    inject: |policy| {
        policy.target.list = RegisteredList::SignIn;
    },
};

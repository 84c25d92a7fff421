//! An open redirector: whatever the request names is followed.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};
use crate::policy::Unchecked;

pub(super) static FAULT: Fault = Fault {
    id: "redirect-any",
    summary: "follows any post_logout_redirect_uri",
    dialects: &[PingOne, Oidc, IdentityServer],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["RPIL-3-04", "P1-SO-14"]),
        (Oidc, &["RPIL-3-04"]),
        (IdentityServer, &["IDS-06", "IDS-08", "IDS-09"]),
    ],
    stands_on: &[
        "A-01", "A-02", "A-05", "A-06", "A-25", "A-26", "A-27", "A-28", "A-29", "A-50", "A-52",
        "A-53", "A-54",
    ],
    inject: |policy| {
        policy.target.unchecked = Unchecked::Always;
    },
};

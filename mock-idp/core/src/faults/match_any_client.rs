//! The list of another client serves as well: with one's own registered address one can receive another client's
//! people.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};
use crate::policy::Whose;

pub(super) static FAULT: Fault = Fault {
    id: "match-any-client",
    summary: "accepts what any client of the tenant has registered",
    dialects: &[PingOne, Oidc, IdentityServer],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["RPIL-3-04", "P1-SO-14"]),
        (Oidc, &["RPIL-3-04"]),
        (IdentityServer, &["IDS-06", "IDS-08", "IDS-09"]),
    ],
    stands_on: &["A-15", "A-55"],
    inject: |policy| {
        policy.target.whose = Whose::AnyClient;
    },
};

//! Allowed by RP-Initiated Logout, but not what the product says of a good hint.

use super::{Expect, Fault};
use crate::config::DialectId::IdentityServer;
use crate::policy::Asking;

pub(super) static FAULT: Fault = Fault {
    id: "prompt-always",
    summary: "asks even with a good hint",
    dialects: &[IdentityServer],
    expect: Expect::Must,
    breaks: &[(IdentityServer, &["IDS-05", "IDS-11"])],
    stands_on: &["H-03"],
    inject: |policy| {
        policy.asking = Asking::Always;
    },
};

//! Who signs off at an application is left on a page of the provider.

use super::{Expect, Fault};
use crate::config::DialectId::IdentityServer;

pub(super) static FAULT: Fault = Fault {
    id: "way-back-missing",
    summary: "honours no redirect URI at all",
    dialects: &[IdentityServer],
    expect: Expect::Must,
    breaks: &[(IdentityServer, &["IDS-07"])],
    stands_on: &["F-05"],
    inject: |policy| {
        policy.target.admits = |_, _| false;
    },
};

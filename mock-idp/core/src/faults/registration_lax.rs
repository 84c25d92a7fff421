//! Whatever a client writes into its registration is taken, and trusted by every later comparison.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;

pub(super) static FAULT: Fault = Fault {
    id: "registration-lax",
    summary: "registers clients with any URI, with http, javascript: and data:",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["DCR-2-02", "BCP-2.6-01", "RPIL-3.1-05", "CSS-19"])],
    stands_on: &["A-16", "A-45"],
    inject: |policy| {
        policy.around.registered_uris_checked = false;
    },
};

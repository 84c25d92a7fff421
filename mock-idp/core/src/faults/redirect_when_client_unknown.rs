//! A client that is not known takes the branch without a check.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::policy::Unchecked;

pub(super) static FAULT: Fault = Fault {
    id: "redirect-when-client-unknown",
    summary: "follows any redirect URI when client_id names nobody",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["BCP-2.1-02", "RPIL-3-04"])],
    stands_on: &["A-04"],
    inject: |policy| {
        policy.client_must_agree = false;
        policy.target.unchecked = Unchecked::ClientUnknown;
    },
};

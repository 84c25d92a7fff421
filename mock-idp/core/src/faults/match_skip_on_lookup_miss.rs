//! Where no client is found there is nothing to compare with, and so nothing is compared.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::policy::Unchecked;

pub(super) static FAULT: Fault = Fault {
    id: "match-skip-on-lookup-miss",
    summary: "follows any redirect URI when nobody's registrations count",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["BCP-2.1-02", "RPIL-3-04", "RPIL-3-03"])],
    stands_on: &["A-51"],
    inject: |policy| {
        policy.target.unchecked = Unchecked::NobodyCounts;
    },
};

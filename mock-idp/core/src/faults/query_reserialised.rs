//! Adding the state, the provider writes the query of the redirect URI anew.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::policy::Spelled;

pub(super) static FAULT: Fault = Fault {
    id: "query-reserialised",
    summary: "changes the order of the registered query when it adds state",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["RPIL-2-09"])],
    stands_on: &["I-18"],
    inject: |policy| {
        policy.state.spelled = Spelled::Reserialised;
    },
};

//! The answer carries nothing that only the question knew, so a foreign page can answer for the person.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc};
use crate::policy::Bound;

pub(super) static FAULT: Fault = Fault {
    id: "confirm-forgeable",
    summary: "takes a yes without the value of the question",
    dialects: &[Oidc, IdentityServer],
    expect: Expect::Should,
    breaks: &[(Oidc, &["CSS-01"]), (IdentityServer, &["CSS-01"])],
    stands_on: &["H-04", "H-06"],
    inject: |policy| {
        policy.confirmation.bound = Bound::Nothing;
    },
};

//! The person says yes and gets an error, unless the relying party gave a redirect URI: the confirmation reads one
//! that is not there.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::policy::Outcome;

pub(super) static FAULT: Fault = Fault {
    id: "confirm-broken",
    summary: "answers 400 to a confirmation when no redirect URI was asked for",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["RPIL-2-29"])],
    stands_on: &["H-11"],
    inject: |policy| {
        policy.confirmation.outcome = Outcome::ErrorWithoutTarget;
    },
};

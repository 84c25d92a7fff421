//! `client_id` and hint contradict each other and nobody notices (RP-Initiated Logout section 2).

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;

pub(super) static FAULT: Fault = Fault {
    id: "client-id-ignored",
    summary: "does not compare client_id with the client of the hint",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["RPIL-2-05"])],
    stands_on: &["B-29", "B-30", "B-31", "B-32"],
    inject: |policy| {
        policy.client_must_agree = false;
    },
};

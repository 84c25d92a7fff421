//! An ordinary sign-off takes away what the person granted for the time they are not signed in.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;

pub(super) static FAULT: Fault = Fault {
    id: "offline-revoked",
    summary: "refresh tokens with offline_access end with the session",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["BCL-2.7-05"])],
    stands_on: &["E-07", "E-08"],
    inject: |policy| {
        policy.ending.tokens.offline = true;
    },
};

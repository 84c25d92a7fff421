//! The session is over, and its refresh token goes on being good.

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};

pub(super) static FAULT: Fault = Fault {
    id: "refresh-survives",
    summary: "refresh tokens of the session work after it has ended",
    dialects: &[PingOne, Oidc],
    expect: Expect::Should,
    breaks: &[(PingOne, &["BCL-2.7-04"]), (Oidc, &["BCL-2.7-04"])],
    stands_on: &["E-01", "E-02", "E-03", "E-04", "E-05", "E-06", "E-09"],
    inject: |policy| {
        policy.ending.tokens.refresh = false;
    },
};

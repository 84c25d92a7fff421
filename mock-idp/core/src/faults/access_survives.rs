//! The session is over, and `UserInfo` goes on answering its access token.

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};

pub(super) static FAULT: Fault = Fault {
    id: "access-survives",
    summary: "access tokens of the session work at UserInfo after it has ended",
    dialects: &[PingOne, Oidc],
    expect: Expect::Should,
    breaks: &[(PingOne, &["CSS-30"]), (Oidc, &["CSS-30"])],
    stands_on: &["E-02", "E-04"],
    inject: |policy| {
        policy.ending.tokens.access = false;
    },
};

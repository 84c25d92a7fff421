//! Who comes to sign off without a session is asked to sign in first.

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};
use crate::policy::WithoutSession;

pub(super) static FAULT: Fault = Fault {
    id: "login-on-logout",
    summary: "shows the sign-in page when there is no session",
    dialects: &[PingOne, Oidc],
    expect: Expect::Must,
    breaks: &[(PingOne, &["RPIL-4-03"]), (Oidc, &["RPIL-4-03"])],
    stands_on: &["F-02"],
    inject: |policy| {
        policy.without_session = WithoutSession::AskToSignIn;
    },
};

//! Who comes to sign off without a session is asked to sign in first.

use super::{Expect, Fault};
use crate::config::DialectId::PingOne;
use crate::policy::WithoutSession;

pub(super) static FAULT: Fault = Fault {
    id: "login-on-logout",
    summary: "shows the sign-in page when there is no session",
    dialects: &[PingOne],
    expect: Expect::Should,
    breaks: &[(PingOne, &["P1-SO-18"])],
    stands_on: &["F-02"],
    inject: |policy| {
        policy.without_session = WithoutSession::AskToSignIn;
    },
};

//! People are asked even when nobody is signed in. Odd, and allowed.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::policy::WithoutSession;

pub(super) static FAULT: Fault = Fault {
    id: "prompt-no-session",
    summary: "asks whether to sign off where there is no session",
    dialects: &[Oidc],
    expect: Expect::None,
    breaks: &[],
    stands_on: &["F-09"],
    inject: |policy| {
        policy.without_session = WithoutSession::Ask;
    },
};

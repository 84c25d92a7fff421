//! A bad redirect URI ends the request on an error page, and nobody offers to sign off. Section 4 permits it;
//! people at a shared computer stay signed in.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::refusal::Refusal;

pub(super) static FAULT: Fault = Fault {
    id: "bad-plru-fails-logout",
    summary: "answers an unregistered redirect URI with an error page that offers no sign-off",
    dialects: &[Oidc],
    expect: Expect::None,
    breaks: &[],
    stands_on: &["A-48", "A-49", "D-12"],
    inject: |policy| {
        policy.answer.shows_error_on = |refusal| refusal == Refusal::TargetUnregistered;
    },
};

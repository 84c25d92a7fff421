//! The session remembers one pending sign-off, the newest, and an answer to an older page is taken for one to that: the
//! person agrees to one thing, and another happens.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::policy::Outcome;

pub(super) static FAULT: Fault = Fault {
    id: "older-question-newer-target",
    summary: "answers an older open question with the redirect URI of the newer one, unchecked",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["CSS-17"])],
    stands_on: &["C-11"],
    inject: |policy| {
        policy.confirmation.outcome = Outcome::AsAskedLast;
    },
};

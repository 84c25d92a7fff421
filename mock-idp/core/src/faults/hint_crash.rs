//! Something that is no token reaches code that expects one.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};
use crate::refusal::{HintRefusal, Refusal};

pub(super) static FAULT: Fault = Fault {
    id: "hint-crash",
    summary: "answers 500 to a hint that is no token",
    dialects: &[PingOne, Oidc, IdentityServer],
    expect: Expect::Should,
    breaks: &[
        (PingOne, &["CSS-03"]),
        (Oidc, &["CSS-03"]),
        (IdentityServer, &["CSS-03"]),
    ],
    stands_on: &["B-05", "K-03", "N-10", "N-11"],
    inject: |policy| {
        policy.answer.crashes_on = |refusal| refusal == Refusal::Hint(HintRefusal::Malformed);
    },
};

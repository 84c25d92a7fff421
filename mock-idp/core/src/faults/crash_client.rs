//! A client that was disabled or removed is looked up as if it were there.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};
use crate::refusal::{HintRefusal, Refusal};

pub(super) static FAULT: Fault = Fault {
    id: "crash-client",
    summary: "answers 500 to a hint of a disabled or removed client",
    dialects: &[PingOne, Oidc, IdentityServer],
    expect: Expect::Should,
    breaks: &[
        (PingOne, &["CSS-03"]),
        (Oidc, &["CSS-03"]),
        (IdentityServer, &["CSS-03"]),
    ],
    stands_on: &["M-01", "M-02"],
    inject: |policy| {
        policy.answer.crashes_on = |refusal| {
            matches!(
                refusal,
                Refusal::Hint(HintRefusal::ApplicationDisabled | HintRefusal::ApplicationUnknown)
            )
        };
    },
};

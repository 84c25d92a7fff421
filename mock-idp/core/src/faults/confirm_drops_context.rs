//! Between question and answer the provider forgets what it was asked. No sentence obliges a provider
//! to redirect at all, but whoever asked in order expects it.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::policy::Outcome;

pub(super) static FAULT: Fault = Fault {
    id: "confirm-drops-context",
    summary: "forgets redirect URI and state over the question",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["CSS-14"])],
    stands_on: &["I-22", "I-23"],
    inject: |policy| {
        policy.confirmation.outcome = Outcome::ContextForgotten;
    },
};

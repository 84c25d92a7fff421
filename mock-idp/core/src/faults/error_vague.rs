//! Every refusal reads alike. Unhelpful, and nobody's rule.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;

pub(super) static FAULT: Fault = Fault {
    id: "error-vague",
    summary: "says the same of everything that is wrong",
    dialects: &[Oidc],
    expect: Expect::None,
    breaks: &[],
    stands_on: &["B-04"],
    inject: |policy| {
        policy.answer.vague = true;
    },
};

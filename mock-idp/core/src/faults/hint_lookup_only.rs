//! Only hints of tokens that are still in the store are good.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::logout::hint::HintStep;

pub(super) static FAULT: Fault = Fault {
    id: "hint-lookup-only",
    summary: "refuses genuine hints that expired or whose session ended",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["RPIL-2-23"])],
    stands_on: &["B-19", "B-36", "B-37"],
    inject: |policy| {
        policy.hint.take(HintStep::Expiry);
        policy.hint.take(HintStep::SessionOfHint);
    },
};

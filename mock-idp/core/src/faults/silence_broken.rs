//! Whoever may show nothing is shown the sign-in form.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;

pub(super) static FAULT: Fault = Fault {
    id: "silence-broken",
    summary: "shows the sign-in form in spite of prompt=none",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["CORE-3.1.2.1-07"])],
    stands_on: &["T-07", "D-05"],
    inject: |policy| {
        policy.around.silence_kept = false;
    },
};

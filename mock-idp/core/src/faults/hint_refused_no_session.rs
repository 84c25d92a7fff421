//! The session has ended already; the same request is now called an error (RP-Initiated Logout section 4).

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};
use crate::logout::hint::HintStep;
use crate::refusal::{HintRefusal, Refusal};

pub(super) static FAULT: Fault = Fault {
    id: "hint-refused-no-session",
    summary: "refuses a genuine hint when there is no session",
    dialects: &[PingOne, Oidc, IdentityServer],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["RPIL-4-03"]),
        (Oidc, &["RPIL-4-03"]),
        (IdentityServer, &["RPIL-4-03"]),
    ],
    stands_on: &["F-04"],
    inject: |policy| {
        policy.hint.take(HintStep::SessionPresent);
        policy.answer.shows_error_on = |refusal| refusal == Refusal::Hint(HintRefusal::NoSession);
    },
};

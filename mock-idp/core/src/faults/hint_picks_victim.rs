//! The hint alone decides whose session ends, so a leaked hint is a remote sign-off.

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};
use crate::logout::hint::HintStep;
use crate::policy::EndedSession;

pub(super) static FAULT: Fault = Fault {
    id: "hint-picks-victim",
    summary: "ends every session of the hint's user, also in other browsers",
    dialects: &[PingOne, Oidc],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["RPIL-2-28", "P1-SO-02"]),
        (Oidc, &["RPIL-2-28"]),
    ],
    stands_on: &["C-03"],
    inject: |policy| {
        policy.hint.skip(&[HintStep::SessionUser]);
        policy.ending.whose = EndedSession::HintToo;
    },
};

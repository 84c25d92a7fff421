//! A hint that nobody signed chooses whose sessions end.

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};
use crate::logout::hint::HintStep;
use crate::policy::EndedSession;

pub(super) static FAULT: Fault = Fault {
    id: "hint-forged-picks-victim",
    summary: "ends the sessions of whoever an unverified hint names",
    dialects: &[PingOne, Oidc],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["RPIL-4-02", "RPIL-2-22"]),
        (Oidc, &["RPIL-4-02"]),
    ],
    stands_on: &["C-03", "B-01"],
    inject: |policy| {
        policy
            .hint
            .skip(&[HintStep::Algorithm, HintStep::Signature, HintStep::Kind]);
        policy.hint.skip(&[HintStep::SessionUser]);
        policy.ending.whose = EndedSession::HintToo;
    },
};

//! A genuine hint of anybody signs off whoever sits there, unasked.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};
use crate::logout::hint::HintStep;
use crate::policy::Asking;

pub(super) static FAULT: Fault = Fault {
    id: "hint-any-subject",
    summary: "ends the current session, unasked, on a genuine hint of another user",
    dialects: &[PingOne, Oidc, IdentityServer],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["RPIL-2-28", "P1-SO-06"]),
        (Oidc, &["RPIL-2-28"]),
        (IdentityServer, &["IDS-05", "IDS-06", "IDS-09", "RPIL-2-28"]),
    ],
    stands_on: &["C-01", "C-02", "C-04"],
    inject: |policy| {
        policy.hint.skip(&[
            HintStep::SessionUser,
            HintStep::SessionUserIfNamed,
            HintStep::SessionItself,
        ]);
        if policy.asking == Asking::Always {
            policy.asking = Asking::UnlessHintIsGood;
        }
    },
};

//! Nobody looks for whom the hint was issued, so a hint for one client opens the redirects of all.

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc, PingOne};
use crate::logout::hint::HintStep;

pub(super) static FAULT: Fault = Fault {
    id: "hint-any-audience",
    summary: "ignores aud and azp of the hint",
    dialects: &[PingOne, Oidc, IdentityServer],
    expect: Expect::Must,
    breaks: &[
        (
            PingOne,
            &["P1-SO-04", "P1-SO-05", "P1-SO-07", "P1-SO-14", "RPIL-3-04"],
        ),
        (Oidc, &["RPIL-3-04"]),
        (
            IdentityServer,
            &[
                "IDS-05",
                "IDS-06",
                "IDS-08",
                "IDS-09",
                "RPIL-2-22",
                "RPIL-4-01",
                "RPIL-6-01",
            ],
        ),
    ],
    stands_on: &["B-14"],
    inject: |policy| {
        policy.hint.skip(&[
            HintStep::Audience,
            HintStep::ApplicationExists,
            HintStep::ApplicationEnabled,
        ]);
        policy.target.narrowed_by_hint = false;
        policy.client_must_agree = false;
    },
};

//! An image on a foreign page is enough to sign somebody off (RP-Initiated Logout sections 2 and 6).

use super::{Expect, Fault};
use crate::config::DialectId::{IdentityServer, Oidc};
use crate::policy::Asking;

pub(super) static FAULT: Fault = Fault {
    id: "no-prompt",
    summary: "ends the session without asking",
    dialects: &[Oidc, IdentityServer],
    expect: Expect::Must,
    breaks: &[
        (Oidc, &["RPIL-2-26", "RPIL-2-27", "RPIL-2-28", "RPIL-6-01"]),
        (
            IdentityServer,
            &[
                "IDS-04",
                "IDS-05",
                "RPIL-2-22",
                "RPIL-2-27",
                "RPIL-2-28",
                "RPIL-4-01",
                "RPIL-6-01",
            ],
        ),
    ],
    stands_on: &["H-01", "H-02", "H-05", "H-07", "H-08", "H-09"],
    inject: |policy| {
        policy.asking = Asking::Never;
    },
};

//! A server that finds long addresses nowhere.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::policy::Bounds;

pub(super) static FAULT: Fault = Fault {
    id: "long-refused-404",
    summary: "answers 404 to requests of more than 2048 octets",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["CSS-16"])],
    stands_on: &["K-02", "K-07"],
    inject: |policy| {
        policy.intake.bounds = Some(Bounds {
            target: 2048,
            body: Some(2048),
            status: 404,
        });
    },
};

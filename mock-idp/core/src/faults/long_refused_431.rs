//! A limit on the size of a request, told as what it is. Nobody says how long a request may be.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::policy::Bounds;

pub(super) static FAULT: Fault = Fault {
    id: "long-refused-431",
    summary: "answers 431 to requests of more than 8192 octets",
    dialects: &[Oidc],
    expect: Expect::None,
    breaks: &[],
    stands_on: &["K-06"],
    inject: |policy| {
        policy.intake.bounds = Some(Bounds {
            target: 8192,
            body: None,
            status: 431,
        });
    },
};

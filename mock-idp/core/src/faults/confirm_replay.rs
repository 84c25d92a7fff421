//! An answer that was given once works again, on the next session.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::policy::Bound;

pub(super) static FAULT: Fault = Fault {
    id: "confirm-replay",
    summary: "takes the same yes again for a later session",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["CSS-02"])],
    stands_on: &["C-11"],
    inject: |policy| {
        policy.confirmation.bound = Bound::AnyAnswer;
    },
};

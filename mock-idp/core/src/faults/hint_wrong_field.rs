//! The subject of a hint is compared with the user name.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::policy::UserBy;

pub(super) static FAULT: Fault = Fault {
    id: "hint-wrong-field",
    summary: "knows nobody by the sub of its own hints",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["CSS-14"])],
    stands_on: &["B-35"],
    inject: |policy| {
        policy.hint.user_by = UserBy::Username;
    },
};

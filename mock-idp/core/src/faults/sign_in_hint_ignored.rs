//! The client asks about one person and is answered about another.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;

pub(super) static FAULT: Fault = Fault {
    id: "sign-in-hint-ignored",
    summary: "issues codes for the person of the session, whoever the ID token hint names",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["CORE-3.1.2.1-01", "CORE-3.1.2.2-02"])],
    stands_on: &["C-01", "C-05"],
    inject: |policy| {
        policy.around.sign_in_hint_heeded = false;
    },
};

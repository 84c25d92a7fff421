//! The hint's user is compared and its session is not: a hint of an earlier session ends the present one unasked.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::policy::Asking;

pub(super) static FAULT: Fault = Fault {
    id: "hint-sid-unchecked",
    summary: "does not ask when the hint is about the same user, whichever session it is of",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["RPIL-2-28"])],
    stands_on: &["C-07"],
    inject: |policy| {
        policy.asking = Asking::UnlessHintIsAboutTheUser;
    },
};

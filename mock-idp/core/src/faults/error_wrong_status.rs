//! An error where there is none: languages that are not supported are no reason to refuse (RP-Initiated Logout
//! section 2).

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};

pub(super) static FAULT: Fault = Fault {
    id: "error-wrong-status",
    summary: "refuses a sign-off because of ui_locales it does not support",
    dialects: &[PingOne, Oidc],
    expect: Expect::Should,
    breaks: &[(PingOne, &["RPIL-2-17"]), (Oidc, &["RPIL-2-17"])],
    stands_on: &["B-39"],
    inject: |policy| {
        policy.intake.refuses_unsupported_locales = true;
    },
};

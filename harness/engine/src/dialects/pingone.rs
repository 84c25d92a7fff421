//! `PingOne`: sign-in through the flow API, sign-off at `/as/signoff`. It never asks, and it says so.

use super::{Dialect, Difference};
use crate::target::SignInKind;
use signoff_rules::rule::Grade;

const SIGNOFF: &str = "PingOne Platform API documentation, GET and POST signoff";

pub(super) const DIALECT: Dialect = Dialect {
    id: "pingone",
    summary: "PingOne: flow API, /as/signoff without a question, hosted pages",
    editions: &["current"],
    sign_in: || SignInKind::PingOneFlow,
    own_origins: |issuer| vec![issuer.replacen("://auth.", "://apps.", 1)],
    differences: &[
        Difference {
            rules: &["RPIL-2-27", "RPIL-6-01"],
            when: "hint = absent",
            by: "P1-SO-03",
            reason: "PingOne signs off whoever the ST cookie identifies, and documents no question",
            source: SIGNOFF,
            grade: Grade::Documented,
            editions: &[],
        },
        Difference {
            rules: &["RPIL-2-26"],
            when: "hint = once and hint.session = current",
            by: "session ended",
            reason: "PingOne documents no question",
            source: SIGNOFF,
            grade: Grade::Documented,
            editions: &[],
        },
    ],
};

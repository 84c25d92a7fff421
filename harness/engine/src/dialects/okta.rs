//! Okta: plain RP-initiated logout with a hint that must be fresh. Speech and differences; the mock does not play it.

use super::{Dialect, Difference};
use crate::speech;
use crate::target::SignInKind;
use signoff_rules::rule::Grade;

const REFERENCE: &str = "Okta developer documentation, OpenID Connect API, /logout";

pub(super) const DIALECT: Dialect = Dialect {
    id: "okta",
    summary: "Okta: GET alone, never asks, wants a hint that has not expired",
    editions: &[],
    sign_in: || SignInKind::Form,
    own_origins: |_| Vec::new(),
    speak: speech::rp_initiated,
    lacks: &[speech::NO_OTHER_WAY],
    doors: |_, _| Vec::new(),
    differences: &[
        Difference {
            rules: &["RPIL-2-18"],
            when: "method = POST",
            by: "error page",
            reason: "documents GET alone",
            source: REFERENCE,
            grade: Grade::Documented,
            editions: &[],
        },
        Difference {
            rules: &["RPIL-2-23"],
            when: "hint.expired = true",
            by: "error page",
            reason: "refuses a hint that has expired",
            source: "okta/okta-oidc-js#557 and others: users' reports",
            grade: Grade::UserReport,
            editions: &[],
        },
        Difference {
            rules: &["RPIL-2-26"],
            when: "hint = once and hint.session = current",
            by: "session ended",
            reason: "documents no question",
            source: REFERENCE,
            grade: Grade::Documented,
            editions: &[],
        },
        Difference {
            rules: &["RPIL-2-28"],
            when: "hint.session = other and hint.user = same",
            by: "session ended",
            reason: "compares the subject of the hint with that of the session, not the sid",
            source: REFERENCE,
            grade: Grade::Inferred,
            editions: &[],
        },
    ],
};

//! Keycloak: plain RP-initiated logout that asks only without a good hint. Speech and differences; the mock does not
//! play it. That `client_id` is enough for the redirect is no difference: with an exact match it confirms the target
//! (RP-Initiated Logout 1.0 section 3). Patterns with wildcards are one that nothing may explain away.

use super::{Dialect, Difference};
use crate::speech;
use crate::target::SignInKind;
use signoff_rules::rule::Grade;

const ENDPOINT: &str = "keycloak/keycloak, LogoutEndpoint.java";

pub(super) const DIALECT: Dialect = Dialect {
    id: "keycloak",
    summary: "Keycloak: asks only without a good hint",
    editions: &[],
    sign_in: || SignInKind::Form,
    own_origins: |_| Vec::new(),
    speak: speech::rp_initiated,
    lacks: &[speech::NO_OTHER_WAY],
    doors: |_, _| Vec::new(),
    differences: &[Difference {
        rules: &["RPIL-2-26"],
        when: "hint = once and hint.session = current",
        by: "session ended",
        reason: "a hint of the browser's own session signs off without a question",
        source: ENDPOINT,
        grade: Grade::VendorCode,
        editions: &[],
    }],
};

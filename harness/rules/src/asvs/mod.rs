//! OWASP ASVS 5.0: requirements on sign-off that other rules judge. They are listed so that a report can be read by them.

use crate::rule::Rule;
use signoff_oidc::spec::{Document, Reference};

mod unjudged;

const fn section(section: &'static str) -> Reference {
    Reference {
        document: Document::Asvs,
        section,
    }
}

/// The rules of this document.
pub(crate) const RULES: &[Rule] = &[
    unjudged::SESSION_UNUSABLE,
    unjudged::LOGOUT_VISIBLE,
    unjudged::AS_DOCUMENTED,
    unjudged::RECEIVER,
    unjudged::FORCED_LOGOUT,
];

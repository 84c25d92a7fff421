//! OpenID Connect Dynamic Client Registration 1.0, as far as sign-off leans on it.

use crate::rule::Rule;
use signoff_oidc::spec::{Document, Reference};

mod application_type_limits_uris;
mod registered_metadata_returned;
mod unjudged;

const fn section(section: &'static str) -> Reference {
    Reference {
        document: Document::Registration,
        section,
    }
}

/// The rules of this document.
pub(crate) const RULES: &[Rule] = &[
    unjudged::LOGOUT_METADATA,
    application_type_limits_uris::RULE,
    registered_metadata_returned::RULE,
];

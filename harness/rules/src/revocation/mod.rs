//! RFC 7009, token revocation, as far as sign-off leans on it.

use crate::rule::Rule;
use signoff_oidc::spec::{Document, Reference};

mod revocation_over_https;
mod unjudged;

const fn section(section: &'static str) -> Reference {
    Reference {
        document: Document::Rfc7009,
        section,
    }
}

/// The rules of this document.
pub(crate) const RULES: &[Rule] = &[
    unjudged::REFRESH_REVOKED,
    unjudged::ACCESS_REVOKED,
    revocation_over_https::RULE,
    unjudged::REQUEST,
    unjudged::TYPE_HINT,
    unjudged::WRONG_HINT,
    unjudged::HINT_IGNORED,
    unjudged::OWN_TOKENS,
    unjudged::AT_ONCE,
    unjudged::GRANT_REVOKED,
    unjudged::REFRESH_FOLLOWS,
    unjudged::UNKNOWN_IS_FINE,
    unjudged::BODY_IGNORED,
    unjudged::UNSUPPORTED_TYPE,
    unjudged::UNAVAILABLE,
    unjudged::CORS,
];

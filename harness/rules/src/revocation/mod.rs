//! RFC 7009, token revocation, as far as sign-off leans on it.

use crate::rule::Rule;
use signoff_oidc::spec::{Document, Reference};

mod access_tokens_revocable;
mod grant_follows_refresh_token;
mod only_own_tokens_revoked;
mod refresh_tokens_revocable;
mod revocation_over_https;
mod unjudged;
mod unknown_token_is_no_error;
mod unsupported_type_named;
mod wrong_type_hint_searched_on;

const fn section(section: &'static str) -> Reference {
    Reference {
        document: Document::Rfc7009,
        section,
    }
}

/// The rules of this document.
pub(crate) const RULES: &[Rule] = &[
    refresh_tokens_revocable::RULE,
    access_tokens_revocable::RULE,
    revocation_over_https::RULE,
    unjudged::REQUEST,
    unjudged::TYPE_HINT,
    wrong_type_hint_searched_on::RULE,
    unjudged::HINT_IGNORED,
    only_own_tokens_revoked::RULE,
    unjudged::AT_ONCE,
    grant_follows_refresh_token::RULE,
    unjudged::REFRESH_FOLLOWS,
    unknown_token_is_no_error::RULE,
    unjudged::BODY_IGNORED,
    unsupported_type_named::RULE,
    unjudged::UNAVAILABLE,
    unjudged::CORS,
];

//! What becomes of the tokens of a session that is signed off. RP-Initiated Logout 1.0 says nothing of them;
//! Back-Channel Logout 1.0 does, and OWASP ASVS asks that a session that is over be of no use.

use crate::rule::Rule;
use signoff_oidc::spec::{Document, Reference};

mod access_token_ends_with_session;
#[cfg(test)]
mod fixture;
mod offline_refresh_tokens_kept;
mod session_refresh_tokens_revoked;

/// Where Back-Channel Logout 1.0 speaks of refresh tokens.
const ACTIONS: Reference = Reference {
    document: Document::BackChannelLogout,
    section: "2.7",
};

/// The rules of this folder.
pub(crate) const RULES: &[Rule] = &[
    session_refresh_tokens_revoked::RULE,
    offline_refresh_tokens_kept::RULE,
    access_token_ends_with_session::RULE,
];

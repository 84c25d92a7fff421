//! RFC 9207: who answered, said in the answer itself.

use crate::rule::Rule;
use signoff_oidc::spec::{Document, Reference};

mod iss_announced;
mod iss_in_authorization_responses;
mod iss_is_the_issuer;
mod unjudged;

const fn section(section: &'static str) -> Reference {
    Reference {
        document: Document::Rfc9207,
        section,
    }
}

/// The rules of this document.
pub(crate) const RULES: &[Rule] = &[
    iss_in_authorization_responses::RULE,
    iss_is_the_issuer::RULE,
    unjudged::RP_COMPARES,
    unjudged::RP_WANTS,
    iss_announced::RULE,
    unjudged::AFTER_LOGOUT,
];

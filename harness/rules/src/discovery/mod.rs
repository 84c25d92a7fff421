//! OpenID Connect Discovery 1.0 and RFC 8414, as far as sign-off leans on them.

use crate::rule::Rule;
use signoff_oidc::spec::{Document, Reference};

mod authorization_server_document;
mod document_is_json;
mod issuer_matches_tokens;
mod json_content_type;
mod no_empty_arrays;
mod object_with_status_200;
mod public_keys_only;
mod rs256_supported;
mod unjudged;

const fn section(section: &'static str) -> Reference {
    Reference {
        document: Document::Discovery,
        section,
    }
}

/// The rules of these documents.
pub(crate) const RULES: &[Rule] = &[
    issuer_matches_tokens::RULE,
    public_keys_only::RULE,
    rs256_supported::RULE,
    unjudged::OTHER_METADATA,
    document_is_json::RULE,
    json_content_type::RULE,
    unjudged::SLASH_STRIPPED,
    object_with_status_200::RULE,
    no_empty_arrays::RULE,
    unjudged::ISSUER_COMPARED,
    unjudged::NO_NORMALISATION,
    unjudged::CODE_POINTS,
    unjudged::TLS,
    unjudged::NAMES_REGISTERED,
    unjudged::REVOCATION_NAMES,
    authorization_server_document::RULE,
    unjudged::SERVER_ISSUER_COMPARED,
];

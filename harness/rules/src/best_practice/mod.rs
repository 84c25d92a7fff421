//! RFC 9700, best current practice for OAuth 2.0 security, as far as it touches sign-off.

use crate::rule::Rule;
use signoff_oidc::spec::{Document, Reference};

mod question_not_framed;
mod request_not_sent_on;
mod unjudged;

const fn section(section: &'static str) -> Reference {
    Reference {
        document: Document::Rfc9700,
        section,
    }
}

/// The rules of this document.
pub(crate) const RULES: &[Rule] = &[
    unjudged::EXACT_MATCH,
    unjudged::OPEN_REDIRECTOR,
    unjudged::RP_CSRF,
    unjudged::CREDENTIALS_FORWARDED,
    unjudged::HTTP_URIS,
    unjudged::CORS,
    unjudged::LOOPBACK_PORTS,
    unjudged::DUMMY_FRAGMENT,
    unjudged::THIRD_PARTIES,
    unjudged::REFERRER_POLICY,
    unjudged::STATE_ONCE,
    unjudged::RP_REDIRECTOR,
    unjudged::UNTRUSTED_CLIENTS,
    unjudged::TRUSTED_ONLY,
    request_not_sent_on::RULE,
    unjudged::FORWARDED,
    unjudged::REFRESH_AT_LOGOUT,
    question_not_framed::RULE,
    unjudged::FRAME_ANCESTORS,
    unjudged::POST_MESSAGE,
];

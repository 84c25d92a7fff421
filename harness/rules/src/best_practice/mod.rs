//! RFC 9700, best current practice for OAuth 2.0 security, as far as it touches sign-off.

use crate::rule::Rule;
use signoff_oidc::spec::{Document, Reference};

mod forwarding_headers_not_trusted;
mod frame_ancestors_used;
mod logout_closed_to_other_origins;
mod no_http_redirect_uris;
mod no_open_redirector;
mod no_third_parties_on_pages;
mod question_not_framed;
mod referrer_suppressed;
mod request_not_sent_on;
mod revealing_pages;
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
    no_open_redirector::RULE,
    unjudged::RP_CSRF,
    unjudged::CREDENTIALS_FORWARDED,
    no_http_redirect_uris::RULE,
    logout_closed_to_other_origins::RULE,
    unjudged::LOOPBACK_PORTS,
    unjudged::DUMMY_FRAGMENT,
    no_third_parties_on_pages::RULE,
    referrer_suppressed::RULE,
    unjudged::STATE_ONCE,
    unjudged::RP_REDIRECTOR,
    unjudged::UNTRUSTED_CLIENTS,
    unjudged::TRUSTED_ONLY,
    request_not_sent_on::RULE,
    forwarding_headers_not_trusted::RULE,
    unjudged::REFRESH_AT_LOGOUT,
    question_not_framed::RULE,
    frame_ancestors_used::RULE,
    unjudged::POST_MESSAGE,
];

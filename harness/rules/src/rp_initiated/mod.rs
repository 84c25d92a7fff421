//! OpenID Connect RP-Initiated Logout 1.0, in the order of its sections.

use crate::rule::Rule;
use signoff_oidc::spec::{Document, Reference};

mod asked_for_other_session;
mod asked_with_hint;
mod asked_without_hint;
mod body_read;
mod both_methods;
mod client_matches_hint;
mod confirmed_without_valid_hint;
mod custom_scheme_kept;
mod endpoint_over_https;
mod endpoint_published;
mod exact_redirect_uri;
mod expired_hint_serves;
mod failed_information_unused;
mod failed_validation_aborts;
mod foreign_sid_suspect;
mod hint_issuer_validated;
mod locales_cause_no_error;
mod logout_hint_harmless;
mod no_redirect_on_error;
mod no_redirect_without_hint;
mod no_session_no_error;
mod port_and_query_kept;
mod redirect_after_logout;
mod registered_uri_only;
mod registration_array;
mod registration_http;
mod same_endpoint_everywhere;
mod state_returned_unchanged;
mod unjudged;
mod yes_signs_off;

const fn section(section: &'static str) -> Reference {
    Reference {
        document: Document::RpInitiatedLogout,
        section,
    }
}

/// The rules of this document.
pub(crate) const RULES: &[Rule] = &[
    unjudged::QUOTE_MARKS,
    unjudged::DEFINITIONS,
    unjudged::BROWSER_IS_SENT,
    unjudged::HINT_IS_SENT,
    logout_hint_harmless::RULE,
    unjudged::CLIENT_ID_IS_SENT,
    client_matches_hint::RULE,
    unjudged::CLIENT_ID_PICKS_KEY,
    unjudged::REDIRECT_URI_IS_SENT,
    unjudged::REDIRECT_URI_HTTPS,
    port_and_query_kept::RULE,
    unjudged::REDIRECT_URI_HTTP,
    custom_scheme_kept::RULE,
    registered_uri_only::RULE,
    unjudged::HINT_WITH_REDIRECT_URI,
    unjudged::STATE_IS_SENT,
    state_returned_unchanged::RULE,
    unjudged::LOCALES_ARE_SENT,
    locales_cause_no_error::RULE,
    both_methods::RULE,
    unjudged::EITHER_METHOD,
    unjudged::QUERY_OF_GET,
    body_read::RULE,
    hint_issuer_validated::RULE,
    expired_hint_serves::RULE,
    foreign_sid_suspect::RULE,
    unjudged::SUSPECT_DECLINED,
    asked_with_hint::RULE,
    asked_without_hint::RULE,
    asked_for_other_session::RULE,
    yes_signs_off::RULE,
    unjudged::RPS_NOTIFIED,
    unjudged::INITIATOR_NOTIFIED,
    unjudged::LOCAL_LOGOUT,
    unjudged::OTHER_WAYS_TO_METADATA,
    endpoint_published::RULE,
    endpoint_over_https::RULE,
    unjudged::ENDPOINT_PARTS,
    redirect_after_logout::RULE,
    unjudged::HINT_FOR_THIS_RP,
    no_redirect_without_hint::RULE,
    exact_redirect_uri::RULE,
    unjudged::REDIRECT_AFTER_NOTICE,
    unjudged::REGISTRATION_MEMBER,
    registration_array::RULE,
    unjudged::REGISTRATION_HTTPS,
    unjudged::REGISTRATION_PARTS,
    registration_http::RULE,
    failed_validation_aborts::RULE,
    failed_information_unused::RULE,
    no_session_no_error::RULE,
    no_redirect_on_error::RULE,
    unjudged::ERROR_SHOWN,
    unjudged::LOGOUT_OFFERED_ON_ERROR,
    unjudged::WORTH_OF_THE_OFFER,
    unjudged::REQUIRED_FEATURES,
    confirmed_without_valid_hint::RULE,
    same_endpoint_everywhere::RULE,
    unjudged::REGISTRATION_NAME,
];

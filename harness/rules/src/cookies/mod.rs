//! RFC 6265bis: the cookies of the provider, and how they end.

use crate::rule::Rule;
use signoff_oidc::spec::{Document, Reference};

mod cookie_attributes_once;
mod cookie_names_once;
mod cookie_prefixes_used;
mod cookies_have_names;
mod cookies_secure;
mod deletion_hits_the_cookie;
mod few_and_small_cookies;
mod host_prefix_conditions_met;
mod max_age_wins;
mod new_session_new_cookie;
mod reading;
mod session_ends_at_the_server;
mod set_cookie_grammar;
mod unjudged;

const fn section(section: &'static str) -> Reference {
    Reference {
        document: Document::Rfc6265bis,
        section,
    }
}

/// The rules of this document.
pub(crate) const RULES: &[Rule] = &[
    set_cookie_grammar::RULE,
    cookie_attributes_once::RULE,
    cookie_names_once::RULE,
    cookies_have_names::RULE,
    deletion_hits_the_cookie::RULE,
    session_ends_at_the_server::RULE,
    max_age_wins::RULE,
    cookie_prefixes_used::RULE,
    host_prefix_conditions_met::RULE,
    unjudged::ANY_STATUS,
    unjudged::PREFIX_CASE,
    unjudged::SIZE,
    unjudged::OVERLAY,
    unjudged::NONE_NEEDS_SECURE,
    unjudged::CROSS_SITE_FRAMES,
    unjudged::LAX_AND_POST,
    unjudged::LAX_UNSAFE,
    few_and_small_cookies::RULE,
    unjudged::AMBIENT,
    cookies_secure::RULE,
    new_session_new_cookie::RULE,
    unjudged::SAME_SITE_ALONE,
];

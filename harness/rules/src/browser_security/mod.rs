//! What keeps a browser safe at the logout endpoint: Core 1.0, RFC 6749, RFC 9700, and rules of our own
//! where no text says what everybody expects.

use crate::rule::Rule;
use signoff_oidc::spec::{Document, Reference};

mod answered_without_crash;
mod confirmation_bound_to_session;
mod confirmation_single_use;
mod headers_choose_no_target;
mod markup_not_reflected;
mod question_not_framed;
mod repeated_target_not_mixed_up;
mod request_not_sent_on;
mod says_out_is_out;
mod unjudged;
mod unknown_parameters_ignored;

/// Our own: what no text says and everyone expects.
const OURS: Reference = Reference {
    document: Document::CommonSense,
    section: "",
};

/// The rules of this folder.
pub(crate) const RULES: &[Rule] = &[
    unknown_parameters_ignored::RULE,
    unjudged::NO_307_FROM_AUTHORIZATION,
    unjudged::EMPTY_IS_OMITTED,
    unjudged::REPEATED_AT_AUTHORIZATION,
    request_not_sent_on::RULE,
    question_not_framed::RULE,
    unjudged::FRAME_ANCESTORS,
    confirmation_bound_to_session::RULE,
    confirmation_single_use::RULE,
    answered_without_crash::RULE,
    markup_not_reflected::RULE,
    repeated_target_not_mixed_up::RULE,
    says_out_is_out::RULE,
    headers_choose_no_target::RULE,
];

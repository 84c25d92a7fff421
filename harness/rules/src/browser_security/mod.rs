//! Rules of our own about what keeps a browser safe at the logout endpoint, where no text says what everybody
//! expects. Reports mark them as ours.

use crate::rule::Rule;
use signoff_oidc::spec::{Document, Reference};

mod answered_without_crash;
mod confirmation_bound_to_session;
mod confirmation_single_use;
mod headers_choose_no_target;
mod markup_not_reflected;
mod repeated_target_not_mixed_up;
mod says_out_is_out;

/// Our own: what no text says and everyone expects.
const OURS: Reference = Reference {
    document: Document::CommonSense,
    section: "",
};

/// The rules of this folder.
pub(crate) const RULES: &[Rule] = &[
    confirmation_bound_to_session::RULE,
    confirmation_single_use::RULE,
    answered_without_crash::RULE,
    markup_not_reflected::RULE,
    repeated_target_not_mixed_up::RULE,
    says_out_is_out::RULE,
    headers_choose_no_target::RULE,
];

//! OpenID Connect RP-Initiated Logout 1.0, in the order of its sections.

use crate::rule::Rule;

mod asked_without_hint;
mod both_methods;
mod exact_redirect_uri;

/// The rules of this document.
pub(crate) const RULES: &[Rule] = &[
    both_methods::RULE,
    asked_without_hint::RULE,
    exact_redirect_uri::RULE,
];

//! Rules of our own about what keeps a browser safe at the logout endpoint, where no text says what everybody
//! expects. Reports mark them as ours.

use crate::rule::Rule;
use signoff_oidc::spec::{Document, Reference};

mod answer_keeps_its_target;
mod answered_without_crash;
mod browser_gets_a_page;
mod confirmation_bound_to_session;
mod confirmation_single_use;
mod headers_choose_no_target;
mod headers_not_injected;
mod internals_not_told;
mod length_refused_by_name;
mod markup_not_reflected;
mod orderly_request_served;
mod other_person_stays;
mod pages_not_cached;
mod question_lets_answer_through;
mod refused_target_not_linked;
mod repeated_target_not_mixed_up;
mod says_out_is_out;
mod script_targets_not_registered;
mod tokens_not_told;

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
    headers_not_injected::RULE,
    tokens_not_told::RULE,
    refused_target_not_linked::RULE,
    internals_not_told::RULE,
    pages_not_cached::RULE,
    question_lets_answer_through::RULE,
    orderly_request_served::RULE,
    browser_gets_a_page::RULE,
    length_refused_by_name::RULE,
    answer_keeps_its_target::RULE,
    other_person_stays::RULE,
    script_targets_not_registered::RULE,
];

//! What this product's documentation is about, read from a sign-off: the hint, the request, the outcome.

mod hint;
mod hint_alone;
mod outcome;
mod request;

pub(super) use hint::{
    application_is_disabled, has_foreign_issuer, identified_application, is_about_another_user,
    is_signed_for_no_application, names_unknown_application, uses_custom_domain,
};
pub(super) use hint_alone::{is_allowed, is_documented_to_end, is_plain, session_of_hint};
pub(super) use outcome::{
    carried_through, claims_success, lost, not_asked, others_before, others_lost, over, refused,
    works_here,
};
pub(super) use request::{
    Length, combined_length, documented_fault, has_foreign_target, is_documented_to_work,
    is_in_place, works_but_for_expiry, works_but_for_length, works_but_for_target,
};

#[cfg(test)]
pub(super) mod fixture;

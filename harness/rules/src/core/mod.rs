//! OpenID Connect Core 1.0 and RFC 6749, as far as they touch sign-off.

use crate::rule::Rule;
use signoff_oidc::spec::{Document, Reference};

mod hinted_user_or_error;
mod id_token_claims_present;
mod kid_where_keys_are_many;
mod no_307_after_sign_in;
mod no_tokens_of_another_user;
mod sign_in_locales_cause_no_error;
mod silent_request_shows_nothing;
mod sub_of_255_characters;
mod unjudged;
mod unknown_parameters_ignored;

const fn section(section: &'static str) -> Reference {
    Reference {
        document: Document::Core,
        section,
    }
}

/// The rules of this document.
pub(crate) const RULES: &[Rule] = &[
    id_token_claims_present::RULE,
    unjudged::AUDIENCES,
    sub_of_255_characters::RULE,
    unjudged::EXP_IS_NO_SESSION,
    hinted_user_or_error::RULE,
    unjudged::HINT_WITH_NONE,
    unjudged::OP_NOT_IN_AUD,
    unjudged::HINT_DECRYPTED,
    unjudged::HINT_ENCRYPTED_AGAIN,
    sign_in_locales_cause_no_error::RULE,
    silent_request_shows_nothing::RULE,
    unjudged::HINT_ISSUER,
    no_tokens_of_another_user::RULE,
    unknown_parameters_ignored::RULE,
    unjudged::RP_ISS,
    unjudged::RP_AUD,
    unjudged::RP_AZP,
    unjudged::RP_SIGNATURE,
    unjudged::RP_ALG,
    unjudged::MAC_KEY,
    unjudged::RP_EXP,
    unjudged::RP_NONCE,
    kid_where_keys_are_many::RULE,
    unjudged::NO_MAC_FOR_PUBLIC,
    unjudged::RETIRED_KEYS,
    unjudged::OFFLINE,
    unjudged::SERIALISATION,
    unjudged::USERS_REVOKE,
    no_307_after_sign_in::RULE,
    unjudged::EMPTY_IS_OMITTED,
    unjudged::REPEATED_AT_AUTHORIZATION,
];

//! OpenID Connect Core 1.0 and RFC 6749, as far as they touch sign-off.

use crate::rule::Rule;
use signoff_oidc::spec::{Document, Reference};

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
    unjudged::TOKEN_CLAIMS,
    unjudged::AUDIENCES,
    unjudged::SUB_LENGTH,
    unjudged::EXP_IS_NO_SESSION,
    unjudged::HINTED_USER,
    unjudged::HINT_WITH_NONE,
    unjudged::OP_NOT_IN_AUD,
    unjudged::HINT_DECRYPTED,
    unjudged::HINT_ENCRYPTED_AGAIN,
    unjudged::LOCALES,
    unjudged::NO_UI,
    unjudged::HINT_ISSUER,
    unjudged::OTHER_USER,
    unknown_parameters_ignored::RULE,
    unjudged::RP_ISS,
    unjudged::RP_AUD,
    unjudged::RP_AZP,
    unjudged::RP_SIGNATURE,
    unjudged::RP_ALG,
    unjudged::MAC_KEY,
    unjudged::RP_EXP,
    unjudged::RP_NONCE,
    unjudged::KID,
    unjudged::NO_MAC_FOR_PUBLIC,
    unjudged::RETIRED_KEYS,
    unjudged::OFFLINE,
    unjudged::SERIALISATION,
    unjudged::USERS_REVOKE,
    unjudged::NO_307_AFTER_SIGN_IN,
    unjudged::EMPTY_IS_OMITTED,
    unjudged::REPEATED_AT_AUTHORIZATION,
];

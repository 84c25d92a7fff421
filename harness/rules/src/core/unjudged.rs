//! Sentences that are listed without being judged, with the reason.

use super::section;
use crate::rule::{Judge, Rule};
use signoff_oidc::spec::{Document, Level, Reference};

const fn rfc6749(section: &'static str) -> Reference {
    Reference {
        document: Document::Rfc6749,
        section,
    }
}

pub(super) const AUDIENCES: Rule = Rule::unjudged(
    "CORE-2-02",
    "audience-may-be-a-list",
    Level::May,
    section("2"),
    "aud is a string or a list",
    Judge::nothing("it is a permission; both forms are read"),
);
pub(super) const EXP_IS_NO_SESSION: Rule = Rule::unjudged(
    "CORE-2-04",
    "exp-is-no-session-end",
    Level::Indicative,
    section("2"),
    "the exp of an ID token says nothing of the session",
    Judge::nothing("it explains; that an expired hint still serves is judged by RPIL-2-23"),
);
pub(super) const HINT_WITH_NONE: Rule = Rule::unjudged(
    "CORE-3.1.2.1-02",
    "hint-sent-with-prompt-none",
    Level::Should,
    section("3.1.2.1"),
    "the RP sends a hint along with prompt=none",
    Judge::binds_the_rp("it is about what the RP sends"),
);
pub(super) const OP_NOT_IN_AUD: Rule = Rule::unjudged(
    "CORE-3.1.2.1-03",
    "op-need-not-be-audience",
    Level::Indicative,
    section("3.1.2.1"),
    "the OP need not be in the aud of the hint",
    Judge::nothing(
        "every genuine hint here names the client alone; what refusing them leads to is judged by the rules of RP-Initiated Logout",
    ),
);
pub(super) const HINT_DECRYPTED: Rule = Rule::unjudged(
    "CORE-3.1.2.1-04",
    "encrypted-token-decrypted-first",
    Level::Must,
    section("3.1.2.1"),
    "the RP decrypts an encrypted ID token before it sends it as a hint",
    Judge::binds_the_rp("it is about what the RP sends"),
);
pub(super) const HINT_ENCRYPTED_AGAIN: Rule = Rule::unjudged(
    "CORE-3.1.2.1-05",
    "hint-may-be-encrypted",
    Level::May,
    section("3.1.2.1"),
    "the RP may encrypt the hint to the OP",
    Judge::binds_the_rp("it is a permission for the RP"),
);
pub(super) const HINT_ISSUER: Rule = Rule::unjudged(
    "CORE-3.1.2.2-01",
    "hint-issuer-validated-at-sign-in",
    Level::Must,
    section("3.1.2.2"),
    "the OP validates that it issued the hint of an authorization request",
    Judge::nothing(
        "what a failed validation leads to at sign-in is not said; at the logout endpoint RPIL-2-22 judges it",
    ),
);
pub(super) const RP_ISS: Rule = Rule::unjudged(
    "CORE-3.1.3.7-01",
    "rp-compares-issuer",
    Level::Must,
    section("3.1.3.7"),
    "iss is exactly the issuer",
    Judge::binds_the_rp("it is about how the RP validates a token"),
);
pub(super) const RP_AUD: Rule = Rule::unjudged(
    "CORE-3.1.3.7-02",
    "rp-checks-audience",
    Level::Must,
    section("3.1.3.7"),
    "aud has the RP, and nobody it does not trust",
    Judge::binds_the_rp("it is about how the RP validates a token"),
);
pub(super) const RP_AZP: Rule = Rule::unjudged(
    "CORE-3.1.3.7-03",
    "rp-checks-azp",
    Level::Should,
    section("3.1.3.7"),
    "azp, where it is present, is the RP",
    Judge::binds_the_rp("it is about how the RP validates a token"),
);
pub(super) const RP_SIGNATURE: Rule = Rule::unjudged(
    "CORE-3.1.3.7-04",
    "rp-verifies-signature",
    Level::Must,
    section("3.1.3.7"),
    "the signature is verified with the keys of the issuer",
    Judge::binds_the_rp("it is about how the RP validates a token"),
);
pub(super) const RP_ALG: Rule = Rule::unjudged(
    "CORE-3.1.3.7-05",
    "rp-checks-algorithm",
    Level::Should,
    section("3.1.3.7"),
    "alg is RS256 or what was registered",
    Judge::binds_the_rp("it is about how the RP validates a token"),
);
pub(super) const MAC_KEY: Rule = Rule::unjudged(
    "CORE-3.1.3.7-06",
    "mac-key-is-the-secret",
    Level::Indicative,
    section("3.1.3.7"),
    "the key of a MAC is the secret of the client in aud",
    Judge::nothing(
        "it says which key is used; a hint with a MAC under another key is judged by RPIL-2-22",
    ),
);
pub(super) const RP_EXP: Rule = Rule::unjudged(
    "CORE-3.1.3.7-07",
    "rp-checks-expiry",
    Level::Must,
    section("3.1.3.7"),
    "the time is before exp",
    Judge::binds_the_rp("it is about how the RP validates a token"),
);
pub(super) const RP_NONCE: Rule = Rule::unjudged(
    "CORE-3.1.3.7-08",
    "rp-compares-nonce",
    Level::Must,
    section("3.1.3.7"),
    "the nonce is the one that was sent",
    Judge::binds_the_rp("it is about how the RP validates a token"),
);
pub(super) const NO_MAC_FOR_PUBLIC: Rule = Rule::unjudged(
    "CORE-10.1-02",
    "no-mac-for-public-clients",
    Level::MustNot,
    section("10.1"),
    "public clients use no symmetric signatures",
    Judge::not_observable(
        "it takes a public client that registered a symmetric algorithm, which no target has",
    ),
);
pub(super) const RETIRED_KEYS: Rule = Rule::unjudged(
    "CORE-10.1.1-01",
    "retired-keys-kept",
    Level::Should,
    section("10.1.1"),
    "keys that were retired a while ago stay in the set",
    Judge::not_observable("keys change when the operator wants, not when a client asks"),
);
pub(super) const OFFLINE: Rule = Rule::unjudged(
    "CORE-11-01",
    "offline-access-outlives-session",
    Level::Indicative,
    section("11"),
    "offline_access is for when the person is not signed in",
    Judge::nothing(
        "it says what the scope is for; whether such tokens outlive a sign-off is a sentence of Back-Channel Logout",
    ),
);
pub(super) const SERIALISATION: Rule = Rule::unjudged(
    "CORE-13-01",
    "form-serialisation",
    Level::Indicative,
    section("13"),
    "query and form are both form-encoded",
    Judge::binds_the_rp(
        "it is about how the RP writes a request; both spellings of a space are sent, and RPIL-2-15 judges what comes back",
    ),
);
pub(super) const USERS_REVOKE: Rule = Rule::unjudged(
    "CORE-16.18-01",
    "users-may-revoke",
    Level::Should,
    section("16.18"),
    "people can revoke their tokens",
    Judge::not_observable("how the OP offers it to people is its own business"),
);
pub(super) const EMPTY_IS_OMITTED: Rule = Rule::unjudged(
    "R6749-3.1-01",
    "empty-is-omitted",
    Level::Must,
    rfc6749("3.1"),
    "a parameter without a value counts as omitted",
    Judge::nothing(
        "it speaks of the authorization endpoint; RP-Initiated Logout says nothing of empty values",
    ),
);
pub(super) const REPEATED_AT_AUTHORIZATION: Rule = Rule::unjudged(
    "R6749-3.1-02",
    "parameters-not-repeated",
    Level::MustNot,
    rfc6749("3.1"),
    "no parameter is sent twice",
    Judge::binds_the_rp(
        "it speaks of the authorization endpoint; what a repeated target may lead to is judged by CSS-05",
    ),
);

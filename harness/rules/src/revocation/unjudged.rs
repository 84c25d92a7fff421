//! Sentences that are listed without being judged, with the reason.

use super::section;
use crate::rule::{Judge, Rule};
use signoff_oidc::spec::Level;

pub(super) const REFRESH_REVOKED: Rule = Rule::unjudged(
    "REV-2-01",
    "refresh-tokens-revocable",
    Level::Must,
    section("2"),
    "refresh tokens can be revoked",
    Judge::later("needs the trial of the revocation endpoint"),
);
pub(super) const ACCESS_REVOKED: Rule = Rule::unjudged(
    "REV-2-02",
    "access-tokens-revocable",
    Level::Should,
    section("2"),
    "access tokens can be revoked",
    Judge::later("needs the trial of the revocation endpoint"),
);
pub(super) const REQUEST: Rule = Rule::unjudged(
    "REV-2.1-01",
    "revocation-request-form",
    Level::Must,
    section("2.1"),
    "the client posts a form with the token",
    Judge::binds_the_rp("it is about how the client asks"),
);
pub(super) const TYPE_HINT: Rule = Rule::unjudged(
    "REV-2.1-02",
    "token-type-hint-may-be-sent",
    Level::May,
    section("2.1"),
    "the client may say of what type the token is",
    Judge::binds_the_rp("it is a permission for the client; a wrong one is judged by REV-2.1-03"),
);
pub(super) const WRONG_HINT: Rule = Rule::unjudged(
    "REV-2.1-03",
    "wrong-type-hint-searched-on",
    Level::Must,
    section("2.1"),
    "with a wrong token_type_hint the token is found all the same",
    Judge::later("needs the trial of the revocation endpoint"),
);
pub(super) const HINT_IGNORED: Rule = Rule::unjudged(
    "REV-2.1-04",
    "type-hint-may-be-ignored",
    Level::May,
    section("2.1"),
    "the server may ignore the hint",
    Judge::nothing("it is a permission"),
);
pub(super) const OWN_TOKENS: Rule = Rule::unjudged(
    "REV-2.1-05",
    "only-own-tokens-revoked",
    Level::Must,
    section("2.1"),
    "a client is authenticated and revokes only tokens of its own",
    Judge::later("needs the trial of the revocation endpoint"),
);
pub(super) const AT_ONCE: Rule = Rule::unjudged(
    "REV-2.1-06",
    "revocation-at-once",
    Level::Indicative,
    section("2.1"),
    "the token is invalid at once, a delay between servers aside",
    Judge::nothing(
        "a delay is tolerated and its length is not said; REV-2-01 and REV-2-02 look right after the answer",
    ),
);
pub(super) const GRANT_REVOKED: Rule = Rule::unjudged(
    "REV-2.1-07",
    "grant-follows-refresh-token",
    Level::Should,
    section("2.1"),
    "with a refresh token the access tokens of the grant are revoked",
    Judge::later("needs the trial of the revocation endpoint"),
);
pub(super) const REFRESH_FOLLOWS: Rule = Rule::unjudged(
    "REV-2.1-08",
    "refresh-token-may-follow",
    Level::May,
    section("2.1"),
    "with an access token the refresh token may be revoked",
    Judge::nothing("it is a permission"),
);
pub(super) const UNKNOWN_IS_FINE: Rule = Rule::unjudged(
    "REV-2.2-01",
    "unknown-token-is-no-error",
    Level::Indicative,
    section("2.2"),
    "an invalid token is answered with 200 like a valid one",
    Judge::later("needs the trial of the revocation endpoint"),
);
pub(super) const BODY_IGNORED: Rule = Rule::unjudged(
    "REV-2.2-02",
    "revocation-body-ignored",
    Level::Indicative,
    section("2.2"),
    "the client ignores the body of the answer",
    Judge::binds_the_rp("it is about what the client reads"),
);
pub(super) const UNSUPPORTED_TYPE: Rule = Rule::unjudged(
    "REV-2.2.1-01",
    "unsupported-type-named",
    Level::Indicative,
    section("2.2.1"),
    "where a type of token cannot be revoked, the error says so",
    Judge::later("needs the trial of the revocation endpoint"),
);
pub(super) const UNAVAILABLE: Rule = Rule::unjudged(
    "REV-2.2.1-02",
    "unavailable-means-alive",
    Level::Indicative,
    section("2.2.1"),
    "after a 503 the client takes the token for alive",
    Judge::binds_the_rp("it is about what the client assumes"),
);
pub(super) const CORS: Rule = Rule::unjudged(
    "REV-2.3-01",
    "revocation-from-browsers",
    Level::May,
    section("2.3"),
    "the endpoint may be open to scripts of other origins",
    Judge::nothing("it is a permission"),
);

//! Sentences that are listed without being judged, with the reason.

use super::section;
use crate::rule::{Judge, Rule};
use signoff_oidc::spec::Level;

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
pub(super) const HINT_IGNORED: Rule = Rule::unjudged(
    "REV-2.1-04",
    "type-hint-may-be-ignored",
    Level::May,
    section("2.1"),
    "the server may ignore the hint",
    Judge::nothing("it is a permission"),
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
pub(super) const REFRESH_FOLLOWS: Rule = Rule::unjudged(
    "REV-2.1-08",
    "refresh-token-may-follow",
    Level::May,
    section("2.1"),
    "with an access token the refresh token may be revoked",
    Judge::nothing("it is a permission"),
);
pub(super) const BODY_IGNORED: Rule = Rule::unjudged(
    "REV-2.2-02",
    "revocation-body-ignored",
    Level::Indicative,
    section("2.2"),
    "the client ignores the body of the answer",
    Judge::binds_the_rp("it is about what the client reads"),
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

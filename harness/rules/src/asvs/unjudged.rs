//! Sentences that are listed without being judged, with the reason.

use super::section;
use crate::rule::{Judge, Rule};
use signoff_oidc::spec::Level;

pub(super) const SESSION_UNUSABLE: Rule = Rule::unjudged(
    "ASVS-7.4.1",
    "session-unusable-afterwards",
    Level::Must,
    section("7.4.1"),
    "after sign-off the session cannot be used any more",
    Judge::nothing("RPIL-2-29, CSS-06 and CK-4.1.2.1-01 judge it"),
);
pub(super) const LOGOUT_VISIBLE: Rule = Rule::unjudged(
    "ASVS-7.4.4",
    "logout-on-every-page",
    Level::Must,
    section("7.4.4"),
    "every page of an application offers the sign-off",
    Judge::binds_the_rp("it is about the application's pages"),
);
pub(super) const AS_DOCUMENTED: Rule = Rule::unjudged(
    "ASVS-7.6.1",
    "sessions-end-as-documented",
    Level::Must,
    section("7.6.1"),
    "sessions of RP and IdP end as documented",
    Judge::nothing("the documents of each product are judged by the product's rules"),
);
pub(super) const RECEIVER: Rule = Rule::unjudged(
    "ASVS-10.5.5",
    "receiver-checks-logout-tokens",
    Level::Must,
    section("10.5.5"),
    "the RP guards against forced logout by a logout token",
    Judge::binds_the_rp("it is about what the RP accepts"),
);
pub(super) const FORCED_LOGOUT: Rule = Rule::unjudged(
    "ASVS-10.6.2",
    "no-forced-logout",
    Level::Must,
    section("10.6.2"),
    "the OP guards against forced logout",
    Judge::nothing("RPIL-2-22, RPIL-2-27, RPIL-2-28, RPIL-6-01, CSS-01 and CSS-02 judge it"),
);

//! Sentences that are listed without being judged, with the reason.

use super::section;
use crate::rule::{Judge, Rule};
use signoff_oidc::spec::Level;

pub(super) const LOGOUT_METADATA: Rule = Rule::unjudged(
    "DCR-2-01",
    "logout-metadata-may-be-registered",
    Level::May,
    section("2"),
    "the RP may register metadata of the logout specifications",
    Judge::binds_the_rp(
        "it is a permission for the RP; that the values come back is judged by DCR-3.2-01",
    ),
);
pub(super) const APPLICATION_TYPE: Rule = Rule::unjudged(
    "DCR-2-02",
    "application-type-limits-uris",
    Level::Must,
    section("2"),
    "the limits that application_type puts on redirect URIs are enforced",
    Judge::later("needs the trial of dynamic registration"),
);
pub(super) const REGISTERED_RETURNED: Rule = Rule::unjudged(
    "DCR-3.2-01",
    "registered-metadata-returned",
    Level::Must,
    section("3.2"),
    "the answer to a registration has everything that was registered",
    Judge::later("needs the trial of dynamic registration"),
);

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

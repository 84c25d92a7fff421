//! Sentences that are listed without being judged, with the reason.

use super::section;
use crate::rule::{Judge, Rule};
use signoff_oidc::spec::Level;

pub(super) const RP_COMPARES: Rule = Rule::unjudged(
    "R9207-2.4-01",
    "rp-compares-iss",
    Level::Must,
    section("2.4"),
    "the client compares iss, character by character",
    Judge::binds_the_rp("it is about what the client does with it"),
);
pub(super) const RP_WANTS: Rule = Rule::unjudged(
    "R9207-2.4-02",
    "rp-wants-iss",
    Level::Must,
    section("2.4"),
    "the client rejects an answer without iss from a server that sends it",
    Judge::binds_the_rp("it is about what the client does without it"),
);
pub(super) const AFTER_LOGOUT: Rule = Rule::unjudged(
    "R9207-X-01",
    "iss-after-logout",
    Level::Indicative,
    section("2"),
    "iss is not defined for the redirect after a logout",
    Judge::nothing(
        "nothing forbids a parameter more; that state comes back unchanged beside it is judged by RPIL-2-15",
    ),
);

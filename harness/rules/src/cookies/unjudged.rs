//! Sentences that are listed without being judged, with the reason.

use super::section;
use crate::rule::{Judge, Rule};
use signoff_oidc::spec::Level;

pub(super) const ANY_STATUS: Rule = Rule::unjudged(
    "CK-5.3-01",
    "cookies-of-any-status",
    Level::Should,
    section("5.3"),
    "browsers take cookies from redirects and errors, too",
    Judge::binds_the_rp("it binds the browser; the harness's jar does so"),
);
pub(super) const PREFIX_CASE: Rule = Rule::unjudged(
    "CK-5.4-01",
    "prefixes-in-any-case",
    Level::Must,
    section("5.4"),
    "browsers know the prefixes in any case of letters",
    Judge::binds_the_rp("it binds the browser; the harness's jar does so"),
);
pub(super) const SIZE: Rule = Rule::unjudged(
    "CK-5.6-01",
    "too-large-cookies-dropped",
    Level::Must,
    section("5.6"),
    "browsers drop cookies of more than 4096 octets",
    Judge::binds_the_rp("it binds the browser; the harness's jar does so"),
);
pub(super) const OVERLAY: Rule = Rule::unjudged(
    "CK-5.7-01",
    "no-overlay-without-tls",
    Level::Indicative,
    section("5.7"),
    "an answer without TLS cannot replace a Secure cookie",
    Judge::binds_the_rp("it binds the browser; the harness's jar does so"),
);
pub(super) const NONE_NEEDS_SECURE: Rule = Rule::unjudged(
    "CK-5.7-02",
    "none-needs-secure",
    Level::Indicative,
    section("5.7"),
    "SameSite=None without Secure is ignored",
    Judge::binds_the_rp("it binds the browser"),
);
pub(super) const CROSS_SITE_FRAMES: Rule = Rule::unjudged(
    "CK-5.7-03",
    "confined-cookies-in-frames",
    Level::Indicative,
    section("5.7"),
    "a Lax or Strict cookie cannot be set from a frame of another site",
    Judge::binds_the_rp("it binds the browser"),
);
pub(super) const LAX_AND_POST: Rule = Rule::unjudged(
    "CK-5.8.3-01",
    "confined-cookies-and-posts",
    Level::Indicative,
    section("5.8.3"),
    "a Lax cookie does not go with a POST of another site",
    Judge::binds_the_rp(
        "it binds the browser; what the OP does without the cookie is judged by RPIL-2-29 and CSS-06",
    ),
);
pub(super) const LAX_UNSAFE: Rule = Rule::unjudged(
    "CK-5.8.3-02",
    "lax-for-two-minutes",
    Level::May,
    section("5.8.3"),
    "browsers may send a young cookie without SameSite along with a POST",
    Judge::binds_the_rp("it is a permission for the browser"),
);
pub(super) const AMBIENT: Rule = Rule::unjudged(
    "CK-8.2-01",
    "cookies-are-ambient",
    Level::Indicative,
    section("8.2"),
    "cookies are sent whoever made the request",
    Judge::nothing(
        "it warns of forged requests; RPIL-2-27 and CSS-01 judge them at the logout endpoint",
    ),
);
pub(super) const SAME_SITE_ALONE: Rule = Rule::unjudged(
    "CK-8.8.1-01",
    "same-site-is-not-alone",
    Level::Indicative,
    section("8.8.1"),
    "SameSite is not the only defence against forged requests",
    Judge::nothing("CSS-01 judges whether the question has a defence of its own"),
);

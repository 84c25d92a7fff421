//! Sentences that are listed without being judged, with the reason.

use super::section;
use crate::rule::{Judge, Rule};
use signoff_oidc::spec::Level;

pub(super) const EXACT_MATCH: Rule = Rule::unjudged(
    "BCP-2.1-01",
    "exact-match-at-authorization",
    Level::Must,
    section("2.1"),
    "redirect URIs are compared as strings",
    Judge::nothing(
        "it speaks of the authorization request; at the logout endpoint RPIL-3-04 judges, octet by octet",
    ),
);
pub(super) const RP_CSRF: Rule = Rule::unjudged(
    "BCP-2.1-03",
    "rp-prevents-csrf",
    Level::Must,
    section("2.1"),
    "the client prevents CSRF at its redirection endpoint",
    Judge::binds_the_rp("it is about what the client accepts"),
);
pub(super) const CREDENTIALS_FORWARDED: Rule = Rule::unjudged(
    "BCP-2.1-04",
    "no-credentials-forwarded",
    Level::Must,
    section("2.1"),
    "a redirect forwards no credentials",
    Judge::nothing("at the logout endpoint BCP-4.12-01 judges it, by method and status"),
);
pub(super) const LOOPBACK_PORTS: Rule = Rule::unjudged(
    "BCP-4.1.3-01",
    "loopback-ports-vary",
    Level::Must,
    section("4.1.3"),
    "URIs are compared as strings, but for the port of a native loopback URI",
    Judge::nothing(
        "the exception is for the authorization request; at the logout endpoint RPIL-3-04 judges, and no sentence asks for the exception",
    ),
);
pub(super) const DUMMY_FRAGMENT: Rule = Rule::unjudged(
    "BCP-4.1.3-02",
    "dummy-fragment",
    Level::May,
    section("4.1.3"),
    "a fragment may be appended so that none is carried over",
    Judge::nothing("it is a permission"),
);
pub(super) const STATE_ONCE: Rule = Rule::unjudged(
    "BCP-4.2.4-03",
    "state-used-once",
    Level::Should,
    section("4.2.4"),
    "the client forgets a state that was used",
    Judge::binds_the_rp("it is about what the client accepts"),
);
pub(super) const RP_REDIRECTOR: Rule = Rule::unjudged(
    "BCP-4.11.1-01",
    "rp-no-open-redirector",
    Level::MustNot,
    section("4.11.1"),
    "the client is no open redirector",
    Judge::binds_the_rp("it is about the client's own pages"),
);
pub(super) const UNTRUSTED_CLIENTS: Rule = Rule::unjudged(
    "BCP-4.11.2-01",
    "untrusted-targets-guarded",
    Level::Must,
    section("4.11.2"),
    "the server guards against redirects to what an attacker registered",
    Judge::not_observable(
        "whether a client is trusted is known to the OP alone; what is registered nowhere is judged by RPIL-3-04",
    ),
);
pub(super) const TRUSTED_ONLY: Rule = Rule::unjudged(
    "BCP-4.11.2-02",
    "automatic-redirects-to-trusted",
    Level::Should,
    section("4.11.2"),
    "only trusted URIs are redirected to without asking",
    Judge::not_observable("whether a URI is trusted is known to the OP alone"),
);
pub(super) const REFRESH_AT_LOGOUT: Rule = Rule::unjudged(
    "BCP-4.14-01",
    "refresh-tokens-may-end",
    Level::May,
    section("4.14"),
    "refresh tokens may be revoked at logout",
    Judge::nothing("it is a permission"),
);
pub(super) const POST_MESSAGE: Rule = Rule::unjudged(
    "BCP-4.17-01",
    "messages-name-origins",
    Level::Must,
    section("4.17"),
    "window messages name the exact origin, both ways",
    Judge::not_observable(
        "it shows in scripts that run in frames of Session Management, which the harness does not run",
    ),
);

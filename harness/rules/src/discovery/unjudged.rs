//! The sentences of these documents that are listed without being judged, with the reason.

use super::section;
use crate::rule::{Judge, Rule};
use signoff_oidc::spec::{Document, Level, Reference};

const fn rfc8414(section: &'static str) -> Reference {
    Reference {
        document: Document::Rfc8414,
        section,
    }
}

pub(super) const OTHER_METADATA: Rule = Rule::unjudged(
    "DISC-3-04",
    "other-metadata",
    Level::May,
    section("3"),
    "other members may appear",
    Judge::nothing("it is a permission"),
);
pub(super) const SLASH_STRIPPED: Rule = Rule::unjudged(
    "DISC-4.1-01",
    "slash-stripped",
    Level::Must,
    section("4.1"),
    "a slash at the issuer's end is taken off before the well-known path is added",
    Judge::binds_the_rp("it is about how the RP makes the address"),
);
pub(super) const ISSUER_COMPARED: Rule = Rule::unjudged(
    "DISC-4.3-01",
    "issuer-compared",
    Level::Must,
    section("4.3"),
    "the RP compares the issuer with the URL that it used",
    Judge::binds_the_rp("it is about what the RP does with the document"),
);
pub(super) const NO_NORMALISATION: Rule = Rule::unjudged(
    "DISC-5-01",
    "no-normalisation",
    Level::MustNot,
    section("5"),
    "strings are compared without Unicode normalisation",
    Judge::nothing("for redirect URIs RPIL-3-04 judges it, octet by octet"),
);
pub(super) const CODE_POINTS: Rule = Rule::unjudged(
    "DISC-5-02",
    "code-points-compared",
    Level::Must,
    section("5"),
    "strings are compared code point by code point",
    Judge::nothing("for redirect URIs RPIL-3-04 judges it, octet by octet"),
);
pub(super) const TLS: Rule = Rule::unjudged(
    "DISC-7-01",
    "tls-with-certificate-check",
    Level::Must,
    section("7"),
    "the exchange is protected by TLS, and the certificate is checked",
    Judge::nothing("the harness cannot be reached by a document whose certificate does not check"),
);
pub(super) const NAMES_REGISTERED: Rule = Rule::unjudged(
    "R8414-2-01",
    "logout-names-registered",
    Level::Indicative,
    rfc8414("2"),
    "the members of the logout specifications may stand in this document",
    Judge::nothing("it is a permission; that the two documents agree is judged by RPIL-7-01"),
);
pub(super) const REVOCATION_NAMES: Rule = Rule::unjudged(
    "R8414-2-02",
    "revocation-names",
    Level::May,
    rfc8414("2"),
    "the revocation endpoint and its methods may be named",
    Judge::nothing("it is a permission"),
);
pub(super) const SERVER_ISSUER_COMPARED: Rule = Rule::unjudged(
    "R8414-3.3-01",
    "server-issuer-compared",
    Level::Must,
    rfc8414("3.3"),
    "the client compares the issuer with the one it asked for",
    Judge::binds_the_rp("what the server publishes is judged by R8414-3-01"),
);

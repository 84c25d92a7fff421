//! Sentences that are listed without being judged, with the reason.

use crate::rule::{Judge, Rule, Unjudged};
use signoff_oidc::spec::{Document, Level, Reference};

const fn entry(
    id: &'static str,
    name: &'static str,
    level: Level,
    source: Reference,
    title: &'static str,
    judge: Judge,
) -> Rule {
    Rule {
        id,
        name,
        level,
        source,
        title,
        judge,
        ..Rule::BLANK
    }
}

const fn of(document: Document, section: &'static str) -> Reference {
    Reference { document, section }
}

const fn nothing(reason: &'static str) -> Judge {
    Judge::Not(Unjudged::NothingToJudge, reason)
}

pub(super) const NO_307_FROM_AUTHORIZATION: Rule = entry(
    "CORE-16.22-01",
    "no-307-from-authorization",
    Level::MustNot,
    of(Document::Core, "16.22"),
    "no 307 to the redirection URI",
    nothing("it speaks of the authorization response; at the logout endpoint BCP-4.12-01 judges"),
);
pub(super) const EMPTY_IS_OMITTED: Rule = entry(
    "R6749-3.1-01",
    "empty-is-omitted",
    Level::Must,
    of(Document::Rfc6749, "3.1"),
    "a parameter without a value counts as omitted",
    nothing(
        "it speaks of the authorization endpoint; RP-Initiated Logout says nothing of empty values",
    ),
);
pub(super) const REPEATED_AT_AUTHORIZATION: Rule = entry(
    "R6749-3.1-02",
    "parameters-not-repeated",
    Level::MustNot,
    of(Document::Rfc6749, "3.1"),
    "no parameter is sent twice",
    Judge::Not(
        Unjudged::BindsTheRp,
        "it speaks of the authorization endpoint; what a repeated target may lead to is judged by CSS-05",
    ),
);
pub(super) const FRAME_ANCESTORS: Rule = entry(
    "BCP-4.16-02",
    "frame-ancestors-used",
    Level::Should,
    of(Document::Rfc9700, "4.16"),
    "framing is barred by Content Security Policy level 2 or later",
    Judge::Not(
        Unjudged::NotYetJudged,
        "BCP-4.16-01 judges whether framing is barred at all; by which means is left to a later edition",
    ),
);

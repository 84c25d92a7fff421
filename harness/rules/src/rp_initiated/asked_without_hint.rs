//! When the request has no `id_token_hint`, the OP asks the End-User whether to log out.
//!
//! # Why it matters
//! Without the question any page on the web can sign a person off by a link or an image (H-01, H-02).
//!
//! # What does not count
//! How the question looks, and whether an OP refuses the request with a page: nothing ends before a yes,
//! and that is what the sentence protects.
//!
//! # How to fix
//! Show a page that asks, keep the session until the person says yes, and bind the yes to the session.

use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::Given;
use signoff_oidc::spec::{Document, Level, Reference};

pub(super) const RULE: Rule = Rule {
    id: "RPIL-2-27",
    name: "asked-without-hint",
    level: Level::Must,
    source: Reference {
        document: Document::RpInitiatedLogout,
        section: "2",
    },
    title: "without a hint the End-User is asked",
    file: include_str!("asked_without_hint.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(s.hint() == Given::Absent, "a hint was sent")?;
    only_if(
        matches!(s.method(), "GET" | "POST"),
        "the method is neither GET nor POST",
    )?;
    s.signed_in_before()?;
    s.must_not(
        s.ended_before_answer(),
        s.did(Control::Orderly, SignOff::worked, "end its session"),
        "the session alive until the End-User says yes",
    )
}

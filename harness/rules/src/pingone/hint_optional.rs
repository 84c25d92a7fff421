//! `id_token_hint` is optional: without it the user is signed off all the same.
//!
//! # Why it matters
//! Links to `/as/signoff` without any hint are common. It is also where `PingOne` departs from RPIL-2-27,
//! which wants a question.
//!
//! # What does not count
//! Requests that are refused for another reason, such as a redirect URI that nobody registered.
//!
//! # How to fix
//! Sign off whoever the `ST` cookie identifies.

use crate::rule::{Judge, Rule, Scope};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::{Document, Level, Reference};

pub(super) const RULE: Rule = Rule {
    id: "P1-SO-03",
    name: "hint-optional",
    level: Level::Indicative,
    source: Reference {
        document: Document::PingOneSignoff,
        section: "",
    },
    title: "without a hint the user is signed off all the same",
    file: include_str!("hint_optional.rs"),
    scope: Scope::Product {
        dialect: "pingone",
        editions: &[],
    },
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        s.hint().is_omitted() && !s.repeats() && !s.is_mixed(),
        "a hint was sent, or a parameter twice",
    )?;
    let target = s.target();
    let refused = target
        .once()
        .is_some_and(|uri| !s.registered(uri).for_enabled);
    only_if(
        !refused && matches!(s.method(), "GET" | "POST"),
        "the request is refused for another reason",
    )?;
    s.signed_in_before()?;
    s.must(
        s.ended_before_answer(),
        s.did(Control::Orderly, SignOff::worked, "end its session"),
        "the session ended without a question",
    )
}

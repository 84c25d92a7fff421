//! The discovery document is a JSON object, and it comes with status 200.
//!
//! # Why it matters
//! Clients give up at any other status or shape, and then know no `end_session_endpoint` (N-08 shows one
//! that crashes).
//!
//! # What does not count
//! An address without any document.
//!
//! # How to fix
//! Answer 200 with one JSON object.

use super::section;
use crate::discovery_view::DiscoveryView;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "DISC-4.2-01",
    name: "object-with-status-200",
    level: Level::Must,
    source: section("4.2"),
    title: "the discovery document is a JSON object with status 200",
    file: include_str!("object_with_status_200.rs"),
    judge: Judge::Discovery(judge),
    ..Rule::BLANK
};

fn judge(view: &DiscoveryView<'_>) -> Ruling {
    let answer = &view.world.discovery;
    let value: Option<serde_json::Value> = serde_json::from_slice(&answer.body).ok();
    let names_issuer = value
        .as_ref()
        .is_some_and(|value| value.get("issuer").is_some());
    let seen = match (answer.status, &value) {
        (200, Some(value)) => Seen::of(value.is_object(), "JSON, with status 200"),
        // Errors are JSON objects at many servers; only what names an issuer is the document.
        (status, Some(_)) if names_issuer => Seen::No(format!("the document with status {status}")),
        (status, _) => Seen::Unknown(format!("{status} and no discovery document")),
    };
    view.must(seen, "one JSON object with status 200")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Discovered, json, page};

    #[test]
    fn an_object_with_200_keeps_it() {
        Discovered::new().assert_kept(&RULE);
    }

    #[test]
    fn another_shape_or_status_breaks_it() {
        for answer in [
            json(200, "[]"),
            json(203, r#"{"issuer":"https://op.example"}"#),
        ] {
            Discovered::new().answered(answer).assert_violated(&RULE);
        }
    }

    #[test]
    fn errors_and_pages_tell_nothing() {
        for answer in [json(500, r#"{"error":"server_error"}"#), page(200, "")] {
            Discovered::new().answered(answer).assert_undecided(&RULE);
        }
    }
}

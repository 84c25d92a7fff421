//! An OP that supports Discovery serves a JSON document at its issuer's address followed by
//! `/.well-known/openid-configuration`.
//!
//! # Why it matters
//! The logout endpoint is found there and nowhere else (S-04).
//!
//! # What does not count
//! An OP that does not support Discovery: without an answer that claims to be the document, nothing is
//! decided.
//!
//! # How to fix
//! Serve the document at that address, as JSON.

use super::section;
use crate::discovery_view::DiscoveryView;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "DISC-4-01",
    name: "document-is-json",
    level: Level::Must,
    source: section("4"),
    title: "a JSON document stands at the well-known address",
    file: include_str!("document_is_json.rs"),
    judge: Judge::Discovery(judge),
    ..Rule::BLANK
};

fn judge(view: &DiscoveryView<'_>) -> Ruling {
    let answer = &view.world.discovery;
    let claims_json = answer
        .header("Content-Type")
        .is_some_and(|value| value.to_ascii_lowercase().contains("json"));
    let parses = serde_json::from_slice::<serde::de::IgnoredAny>(&answer.body).is_ok();
    let marked = answer.body.starts_with(b"\xEF\xBB\xBF");
    let seen = match (answer.status, parses, claims_json) {
        (200, true, _) => Seen::Yes("a JSON document".to_owned()),
        (200, false, true) if marked => {
            Seen::No("a byte order mark, which RFC 8259 section 8.1 forbids".to_owned())
        }
        (200, false, true) => Seen::No("a body that is no JSON".to_owned()),
        (status, ..) => Seen::Unknown(format!(
            "{status} and no JSON: nothing says that the OP supports Discovery"
        )),
    };
    view.must(seen, "a JSON document")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Discovered, json, page};

    #[test]
    fn json_keeps_it() {
        Discovered::new().assert_kept(&RULE);
    }

    #[test]
    fn what_claims_to_be_json_and_is_not_breaks_it() {
        Discovered::new()
            .answered(json(200, "\u{feff}{\"issuer\":\"https://op.example\"}"))
            .assert_violated(&RULE);
        Discovered::new()
            .answered(json(200, "{\"issuer\":"))
            .assert_violated(&RULE);
    }

    #[test]
    fn an_address_without_a_document_tells_nothing() {
        for answer in [
            page(404, ""),
            page(500, ""),
            page(200, ""),
            page(200, "<h1>Hello</h1>"),
        ] {
            Discovered::new().answered(answer).assert_undecided(&RULE);
        }
    }
}

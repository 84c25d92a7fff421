//! The discovery document is sent as `application/json`.
//!
//! # Why it matters
//! Clients that check the type find no `end_session_endpoint`, and sign nobody off.
//!
//! # What does not count
//! Parameters of the media type such as `charset`.
//!
//! # How to fix
//! Send `Content-Type: application/json`.

use crate::discovery_view::DiscoveryView;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen};
use signoff_oidc::spec::{Document, Level, Reference};

pub(super) const RULE: Rule = Rule {
    id: "DISC-4-02",
    name: "json-content-type",
    level: Level::Must,
    source: Reference {
        document: Document::Discovery,
        section: "4.2",
    },
    title: "the discovery document is application/json",
    file: include_str!("json_content_type.rs"),
    judge: Judge::Discovery(judge),
    ..Rule::BLANK
};

fn judge(view: &DiscoveryView<'_>) -> Ruling {
    let sent = view.world.discovery.header("Content-Type");
    let essence = sent
        .as_deref()
        .and_then(|value| value.split(';').next())
        .map(str::trim);
    let seen = Seen::of(
        essence.is_some_and(|essence| essence.eq_ignore_ascii_case("application/json")),
        sent.as_deref().map_or_else(
            || "no Content-Type".to_owned(),
            |value| format!("Content-Type: {value}"),
        ),
    );
    view.must(seen, "Content-Type: application/json")
}

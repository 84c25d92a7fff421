//! The discovery document is sent as `application/json`.
//!
//! # Why it matters
//! Clients that check the type find no `end_session_endpoint`, and sign nobody off, as if it were missing
//! (S-04).
//!
//! # What does not count
//! Parameters of the media type such as `charset`. An address without a document.
//!
//! # How to fix
//! Send `Content-Type: application/json`.

use super::section;
use crate::discovery_view::DiscoveryView;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "DISC-4-02",
    name: "json-content-type",
    level: Level::Must,
    source: section("4.2"),
    title: "the discovery document is application/json",
    file: include_str!("json_content_type.rs"),
    judge: Judge::Discovery(judge),
    ..Rule::BLANK
};

fn judge(view: &DiscoveryView<'_>) -> Ruling {
    view.metadata()?;
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

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Discovered, page, world};

    fn typed(content_type: &str) -> Discovered {
        let mut answer = world().discovery;
        answer.headers = vec![("content-type".to_owned(), content_type.into())];
        Discovered::new().answered(answer)
    }

    #[test]
    fn the_type_keeps_it_with_parameters_too() {
        typed("application/json").assert_kept(&RULE);
        typed("Application/JSON; charset=utf-8").assert_kept(&RULE);
    }

    #[test]
    fn another_type_or_none_breaks_it() {
        typed("text/plain").assert_violated(&RULE);
        typed("application/jsonp").assert_violated(&RULE);
        let mut untyped = typed("");
        untyped.world.discovery.headers.clear();
        untyped.assert_violated(&RULE);
    }

    #[test]
    fn an_address_without_a_document_tells_nothing() {
        Discovered::new()
            .answered(page(500, ""))
            .assert_undecided(&RULE);
    }
}

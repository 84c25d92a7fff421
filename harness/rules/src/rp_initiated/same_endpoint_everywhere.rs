//! `end_session_endpoint` is a registered name of OAuth authorization server metadata too: an RFC 8414
//! document that has it names the same endpoint as the discovery document.
//!
//! # Why it matters
//! A client that reads the other document would sign people off somewhere else. No report of such a
//! difference is known; the nearest are endpoints that discovery leaves out altogether (S-03).
//!
//! # What does not count
//! An OP that serves no RFC 8414 document, or one without this member.
//!
//! # How to fix
//! Make both documents from the same configuration.

use super::section;
use crate::discovery_view::DiscoveryView;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, Stop};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "RPIL-7-01",
    name: "same-endpoint-everywhere",
    level: Level::Indicative,
    source: section("7"),
    title: "both metadata documents name the same end_session_endpoint",
    file: include_str!("same_endpoint_everywhere.rs"),
    judge: Judge::Discovery(judge),
    ..Rule::BLANK
};

fn judge(view: &DiscoveryView<'_>) -> Ruling {
    let here = view.metadata()?.member("end_session_endpoint");
    let other = view.authorization_server_metadata()?;
    let there = other.member("end_session_endpoint").ok_or_else(|| {
        Stop::NotMine("the RFC 8414 document has no end_session_endpoint".to_owned())
    })?;
    let shown = here.map_or_else(|| "nothing".to_owned(), ToString::to_string);
    view.must(
        Seen::of(
            here == Some(there),
            format!("{shown} in the discovery document, {there} in the other one"),
        ),
        "the same value in both",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Discovered, json, page};

    const SAME: &str =
        r#"{"issuer":"https://op.example","end_session_endpoint":"https://op.example/end"}"#;

    #[test]
    fn the_same_value_keeps_it() {
        Discovered::new()
            .serving(json(200, SAME))
            .assert_kept(&RULE);
    }

    #[test]
    fn another_value_breaks_it() {
        let other = SAME.replace("/end", "/logout");
        Discovered::new()
            .serving(json(200, &other))
            .assert_violated(&RULE);
    }

    #[test]
    fn no_document_or_no_member_is_not_its_business() {
        Discovered::new().assert_not_mine(&RULE);
        Discovered::new()
            .serving(page(200, "<h1>Not found</h1>"))
            .assert_not_mine(&RULE);
        Discovered::new()
            .serving(json(200, r#"{"issuer":"https://op.example"}"#))
            .assert_not_mine(&RULE);
    }
}

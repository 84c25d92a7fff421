//! The URL of the end session endpoint is available through the discovery endpoint.
//!
//! # Why it matters
//! Clients read it there and nowhere else (S-03).
//!
//! # What does not count
//! Whether the endpoint works.
//!
//! # How to fix
//! Leave the endpoint enabled, and its entry in the document shown.

use super::PRODUCT;
use crate::discovery_view::DiscoveryView;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen};
use url::Url;

pub(super) const RULE: Rule = Rule {
    id: "IDS-03",
    name: "endpoint-in-discovery",
    title: "the end session URL is in the discovery document",
    file: include_str!("endpoint_in_discovery.rs"),
    judge: Judge::Discovery(judge),
    ..PRODUCT
};

fn judge(view: &DiscoveryView<'_>) -> Ruling {
    let seen = match view.metadata()?.member("end_session_endpoint") {
        None => Seen::No("no such member".to_owned()),
        Some(value) => Seen::of(
            value.as_str().is_some_and(|url| Url::parse(url).is_ok()),
            value.to_string(),
        ),
    };
    view.must(seen, "end_session_endpoint with a URL")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Discovered, page};

    #[test]
    fn a_url_keeps_it() {
        Discovered::new().assert_kept(&RULE);
    }

    #[test]
    fn nothing_and_no_url_break_it() {
        let without = Discovered::new().without("end_session_endpoint");
        without.assert_violated(&RULE);
        let path = Discovered::new().with("end_session_endpoint", "\"/connect/endsession\"");
        path.assert_violated(&RULE);
    }

    #[test]
    fn without_a_document_nothing_is_told() {
        let none = Discovered::new().answered(page(500, ""));
        none.assert_undecided(&RULE);
    }
}

//! The `end_session_endpoint` is an https URL.
//!
//! # Why it matters
//! Requests carry ID tokens (U-05) and session cookies. Over http anybody on the way reads both.
//!
//! # What does not count
//! An IdP on loopback over plain http, as mocks are run.
//!
//! # How to fix
//! Publish the https address of the endpoint.

use super::section;
use crate::discovery_view::DiscoveryView;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, Stop, only_if};
use signoff_oidc::Origin;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "RPIL-2.1-03",
    name: "endpoint-over-https",
    level: Level::Must,
    source: section("2.1"),
    title: "the end_session_endpoint uses https",
    file: include_str!("endpoint_over_https.rs"),
    judge: Judge::Discovery(judge),
    ..Rule::BLANK
};

fn judge(view: &DiscoveryView<'_>) -> Ruling {
    only_if(
        !view.world.is_loopback_http(),
        "the IdP is on loopback over http",
    )?;
    let endpoint = view
        .metadata()?
        .text("end_session_endpoint")
        .ok_or_else(|| Stop::NotMine("there is no end_session_endpoint".to_owned()))?;
    view.must(
        Seen::of(
            Origin::of(endpoint).is_some_and(|origin| origin.is_https()),
            endpoint,
        ),
        "an https URL",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::Discovered;

    #[test]
    fn https_keeps_it_and_http_breaks_it() {
        Discovered::new().assert_kept(&RULE);
        Discovered::new()
            .with("end_session_endpoint", "\"http://op.example/end\"")
            .assert_violated(&RULE);
    }

    #[test]
    fn loopback_and_a_missing_endpoint_are_not_its_business() {
        Discovered::new()
            .at_issuer("http://127.0.0.1:4101")
            .with("end_session_endpoint", "\"http://127.0.0.1:4101/end\"")
            .assert_not_mine(&RULE);
        Discovered::new()
            .without("end_session_endpoint")
            .assert_not_mine(&RULE);
    }
}

//! The revocation endpoint, where there is one, is an https URL.
//!
//! # Why it matters
//! Tokens and the secret of the client go there. Metadata that were never true of a deployment are as common for
//! this endpoint as for the logout endpoint (S-02).
//!
//! # What does not count
//! The scheme, on loopback. Metadata without the endpoint.
//!
//! # How to fix
//! Publish the address that is reached from outside.

use super::section;
use crate::discovery_view::DiscoveryView;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, Stop};
use signoff_oidc::Origin;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "REV-2-03",
    name: "revocation-over-https",
    level: Level::Must,
    source: section("2"),
    title: "the revocation endpoint is an https URL",
    file: include_str!("revocation_over_https.rs"),
    judge: Judge::Discovery(judge),
    ..Rule::BLANK
};

fn judge(view: &DiscoveryView<'_>) -> Ruling {
    let endpoint = view
        .metadata()?
        .text("revocation_endpoint")
        .ok_or_else(|| Stop::NotMine("no revocation_endpoint is published".to_owned()))?;
    let https = Origin::of(endpoint).is_some_and(|origin| origin.is_https());
    view.must(
        Seen::of(https || view.world.is_loopback_http(), endpoint),
        "an https URL",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::Discovered;

    const MEMBER: &str = "revocation_endpoint";

    #[test]
    fn an_https_url_keeps_it_and_loopback_needs_none() {
        Discovered::new()
            .with(MEMBER, "\"https://op.example/revoke\"")
            .assert_kept(&RULE);
        Discovered::new()
            .at_issuer("http://127.0.0.1:4101")
            .with(MEMBER, "\"http://127.0.0.1:4101/revoke\"")
            .assert_kept(&RULE);
    }

    #[test]
    fn another_scheme_breaks_it() {
        for url in ["\"http://op.example/revoke\"", "\"/revoke\""] {
            Discovered::new().with(MEMBER, url).assert_violated(&RULE);
        }
    }

    #[test]
    fn no_endpoint_is_not_its_business() {
        Discovered::new().assert_not_mine(&RULE);
    }
}

//! An OP that supports both Discovery and RP-Initiated Logout names its `end_session_endpoint` in the
//! discovery document.
//!
//! # Why it matters
//! Relying parties learn the address from there alone. It was missing although the endpoint was in service
//! (S-03, S-04).
//!
//! # What does not count
//! An OP that does not support RP-Initiated Logout. That it does is taken from the registrations: a client
//! with post-logout redirect URIs has somewhere to send them.
//!
//! # How to fix
//! Add `end_session_endpoint` with the absolute URL.

use super::section;
use crate::discovery_view::DiscoveryView;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use signoff_oidc::spec::Level;
use url::Url;

pub(super) const RULE: Rule = Rule {
    id: "RPIL-2.1-02",
    name: "endpoint-published",
    level: Level::Must,
    source: section("2.1"),
    title: "discovery names the end_session_endpoint",
    file: include_str!("endpoint_published.rs"),
    judge: Judge::Discovery(judge),
    ..Rule::BLANK
};

fn judge(view: &DiscoveryView<'_>) -> Ruling {
    let member = view.metadata()?.member("end_session_endpoint");
    let clients = &view.world.clients;
    only_if(
        member.is_some()
            || clients
                .iter()
                .any(|client| !client.post_logout_redirect_uris.is_empty()),
        "nothing says that this OP supports RP-Initiated Logout",
    )?;
    let seen = match member {
        None => Seen::No("no such member".to_owned()),
        Some(value) => Seen::of(
            value.as_str().is_some_and(|url| Url::parse(url).is_ok()),
            value.to_string(),
        ),
    };
    view.must(seen, "end_session_endpoint with an absolute URL")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::Discovered;

    #[test]
    fn a_url_keeps_it() {
        Discovered::new().assert_kept(&RULE);
    }

    #[test]
    fn nothing_or_no_url_breaks_it() {
        Discovered::new()
            .without("end_session_endpoint")
            .assert_violated(&RULE);
        for value in ["\"/end\"", "null", "[]"] {
            Discovered::new()
                .with("end_session_endpoint", value)
                .assert_violated(&RULE);
        }
    }

    #[test]
    fn an_op_without_logout_is_not_its_business() {
        let mut case = Discovered::new().without("end_session_endpoint");
        for client in &mut case.world.clients {
            client.post_logout_redirect_uris.clear();
        }
        case.assert_not_mine(&RULE);
    }
}

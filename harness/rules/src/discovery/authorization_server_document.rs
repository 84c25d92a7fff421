//! Where an RFC 8414 document is served, it stands at the address with the well-known string between host
//! and path of the issuer, and it is that issuer's.
//!
//! # Why it matters
//! With several tenants on one host, the document of another one names another logout endpoint: requests
//! then reach an OP that did not issue the hint (B-11).
//!
//! # What does not count
//! Serving no such document: an `OpenID` provider has its own. A page that answers for every address.
//!
//! # How to fix
//! Serve at `/.well-known/oauth-authorization-server` followed by the issuer's path a document whose
//! `issuer` is that issuer.

use crate::discovery_view::DiscoveryView;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen};
use signoff_oidc::spec::{Document, Level, Reference};

pub(super) const RULE: Rule = Rule {
    id: "R8414-3-01",
    name: "authorization-server-document",
    level: Level::Must,
    source: Reference {
        document: Document::Rfc8414,
        section: "3",
    },
    title: "the RFC 8414 document at the issuer's address is the issuer's",
    file: include_str!("authorization_server_document.rs"),
    judge: Judge::Discovery(judge),
    ..Rule::BLANK
};

fn judge(view: &DiscoveryView<'_>) -> Ruling {
    let document = view.authorization_server_metadata()?;
    let issuer = document.text("issuer");
    view.must(
        Seen::of(
            issuer == Some(view.world.issuer.as_str()),
            issuer.map_or_else(
                || "no issuer".to_owned(),
                |issuer| format!("issuer {issuer}"),
            ),
        ),
        &format!("issuer {}", view.world.issuer),
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Discovered, json, page};

    #[test]
    fn the_issuers_own_document_keeps_it() {
        Discovered::new()
            .serving(json(200, r#"{"issuer":"https://op.example"}"#))
            .assert_kept(&RULE);
    }

    #[test]
    fn another_issuers_document_breaks_it() {
        for document in [r#"{"issuer":"https://op.example/"}"#, "{}"] {
            Discovered::new()
                .serving(json(200, document))
                .assert_violated(&RULE);
        }
    }

    #[test]
    fn no_document_is_not_its_business() {
        Discovered::new().assert_not_mine(&RULE);
        Discovered::new()
            .serving(page(200, "<h1>Welcome</h1>"))
            .assert_not_mine(&RULE);
        Discovered::new()
            .serving(json(404, r#"{"issuer":"x"}"#))
            .assert_not_mine(&RULE);
    }
}

//! `id_token_signing_alg_values_supported` includes `RS256`.
//!
//! # Why it matters
//! Hints are ID tokens. An RP that can count on no algorithm cannot check what it sends; mix-ups of
//! algorithms end in internal errors at the logout endpoint (B-05).
//!
//! # What does not count
//! Which other algorithms are listed, `none` among them: whether it is used where it may not be does not
//! show in the document. With which one the tokens are signed.
//!
//! # How to fix
//! Support `RS256` and list it.

use super::section;
use crate::discovery_view::DiscoveryView;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "DISC-3-03",
    name: "rs256-supported",
    level: Level::Must,
    source: section("3"),
    title: "RS256 is listed for ID tokens",
    file: include_str!("rs256_supported.rs"),
    judge: Judge::Discovery(judge),
    ..Rule::BLANK
};

fn judge(view: &DiscoveryView<'_>) -> Ruling {
    let name = "id_token_signing_alg_values_supported";
    let metadata = view.metadata()?;
    let listed = metadata
        .member(name)
        .map_or_else(|| format!("no {name}"), ToString::to_string);
    view.must(
        Seen::of(metadata.lists(name, "RS256"), listed),
        "a list with RS256",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Discovered, page};

    const MEMBER: &str = "id_token_signing_alg_values_supported";

    #[test]
    fn a_list_with_rs256_keeps_it() {
        Discovered::new()
            .with(MEMBER, r#"["ES256","RS256"]"#)
            .assert_kept(&RULE);
    }

    #[test]
    fn a_list_without_it_or_no_list_breaks_it() {
        for value in [r#"["ES256"]"#, r#""RS256""#] {
            Discovered::new().with(MEMBER, value).assert_violated(&RULE);
        }
        Discovered::new().without(MEMBER).assert_violated(&RULE);
    }

    #[test]
    fn without_a_document_nothing_is_decided() {
        Discovered::new()
            .answered(page(404, ""))
            .assert_undecided(&RULE);
    }
}

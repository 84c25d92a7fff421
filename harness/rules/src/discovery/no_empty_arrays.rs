//! Members with no values are left out of the discovery document: there are no empty arrays.
//!
//! # Why it matters
//! A reader cannot tell "supports none" from "says nothing"; testers and clients have tripped over less
//! (S-07).
//!
//! # What does not count
//! Arrays inside members that are objects, of which the sentence says nothing.
//!
//! # How to fix
//! Leave the member out.

use super::section;
use crate::discovery_view::DiscoveryView;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "DISC-4.2-02",
    name: "no-empty-arrays",
    level: Level::Must,
    source: section("4.2"),
    title: "the discovery document has no empty arrays",
    file: include_str!("no_empty_arrays.rs"),
    judge: Judge::Discovery(judge),
    ..Rule::BLANK
};

fn judge(view: &DiscoveryView<'_>) -> Ruling {
    let members = view.metadata()?.members();
    let empty: Vec<&str> = members
        .filter(|(_, value)| value.as_array().is_some_and(Vec::is_empty))
        .map(|(name, _)| name.as_str())
        .collect();
    view.must(
        Seen::of(empty.is_empty(), format!("empty: {}", empty.join(", "))),
        "members without values left out",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Discovered, page};

    #[test]
    fn an_empty_array_breaks_it_and_a_filled_one_does_not() {
        Discovered::new()
            .with("claims_supported", r#"["sub"]"#)
            .assert_kept(&RULE);
        Discovered::new()
            .with("claims_supported", "[]")
            .assert_violated(&RULE);
    }

    #[test]
    fn arrays_further_inside_are_not_its_business() {
        Discovered::new()
            .with("mtls_endpoint_aliases", r#"{"x":[]}"#)
            .assert_kept(&RULE);
    }

    #[test]
    fn without_a_document_nothing_is_decided() {
        Discovered::new()
            .answered(page(500, ""))
            .assert_undecided(&RULE);
    }
}

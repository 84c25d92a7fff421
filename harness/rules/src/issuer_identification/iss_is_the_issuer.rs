//! The `iss` of an authorization response is the issuer of the metadata, character by character.
//!
//! # Why it matters
//! Clients compare it as a string. A slash more or less locks them out, as it does with hints (B-38).
//!
//! # What does not count
//! Answers without `iss`, of which R9207-2-01 speaks.
//!
//! # How to fix
//! Take both from one setting.

use super::section;
use crate::discovery_view::DiscoveryView;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, Stop};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "R9207-2-02",
    name: "iss-is-the-issuer",
    level: Level::Must,
    source: section("2"),
    title: "that iss is the issuer of the metadata",
    file: include_str!("iss_is_the_issuer.rs"),
    judge: Judge::Discovery(judge),
    ..Rule::BLANK
};

fn judge(view: &DiscoveryView<'_>) -> Ruling {
    let (answer, _) = view
        .authorization_response()
        .ok_or_else(|| Stop::Undecided("no authorization response was seen".to_owned()))?;
    let sent = answer
        .given("iss")
        .once()
        .map(|iss| String::from_utf8_lossy(iss).into_owned())
        .ok_or_else(|| Stop::NotMine("the answer has no iss".to_owned()))?;
    let issuer = view.metadata()?.text("issuer").unwrap_or("");
    view.must(
        Seen::of(sent == issuer, format!("iss {sent}, and issuer {issuer}")),
        "the issuer of the metadata",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Discovered, redirect};

    fn answered(query: &str) -> Discovered {
        let back = format!("https://rp.example/callback?code=1{query}");
        Discovered::new().signed_in_by(redirect(303, &back))
    }

    #[test]
    fn the_same_text_keeps_it() {
        answered("&iss=https%3A%2F%2Fop.example").assert_kept(&RULE);
    }

    #[test]
    fn another_text_breaks_it() {
        answered("&iss=https%3A%2F%2Fop.example%2F").assert_violated(&RULE);
        answered("&iss=HTTPS%3A%2F%2Fop.example").assert_violated(&RULE);
    }

    #[test]
    fn no_iss_is_not_its_business_and_no_answer_is_undecided() {
        answered("").assert_not_mine(&RULE);
        Discovered::new().assert_undecided(&RULE);
    }
}

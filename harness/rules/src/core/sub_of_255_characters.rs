//! `sub` is not longer than 255 ASCII characters.
//!
//! # Why it matters
//! The subject comes back in every hint. A provider that packs a record into it makes hints that its own server
//! finds too long (K-01).
//!
//! # What does not count
//! What the subject is made of, so long as it is ASCII.
//!
//! # How to fix
//! Use an identifier, and put the rest into claims of its own.

use super::section;
use crate::discovery_view::DiscoveryView;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CORE-2-03",
    name: "sub-of-255-characters",
    level: Level::MustNot,
    source: section("2"),
    title: "sub is not longer than 255 ASCII characters",
    file: include_str!("sub_of_255_characters.rs"),
    judge: Judge::Discovery(judge),
    ..Rule::BLANK
};

fn judge(view: &DiscoveryView<'_>) -> Ruling {
    let claims = view.claims()?;
    let sub = claims.get("sub").and_then(|sub| sub.as_str()).unwrap_or("");
    let seen = if sub.is_empty() {
        Seen::Unknown("the ID token has no sub".to_owned())
    } else {
        let length = sub.chars().count();
        let what = if sub.is_ascii() { "ASCII" } else { "other" };
        Seen::of(
            length <= 255 && sub.is_ascii(),
            format!("{length} {what} characters"),
        )
    };
    view.must(seen, "at most 255 ASCII characters")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::Discovered;

    fn sub(sub: &str) -> Discovered {
        Discovered::new().with_token(&format!(r#"{{"sub":"{sub}"}}"#))
    }

    #[test]
    fn up_to_255_ascii_characters_keep_it() {
        sub("a").assert_kept(&RULE);
        sub(&"a".repeat(255)).assert_kept(&RULE);
    }

    #[test]
    fn more_or_others_break_it() {
        sub(&"a".repeat(256)).assert_violated(&RULE);
        sub("\u{e9}").assert_violated(&RULE);
    }

    #[test]
    fn without_a_sub_nothing_is_decided() {
        Discovered::new().with_token("{}").assert_undecided(&RULE);
        Discovered::new().assert_undecided(&RULE);
    }
}

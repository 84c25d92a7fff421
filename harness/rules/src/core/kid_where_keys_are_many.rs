//! When the set of keys has several, an ID token says in `kid` by which one it was signed.
//!
//! # Why it matters
//! Whoever has to try all the keys may try the wrong one: a hint was verified with the key of another tenant
//! (B-11).
//!
//! # What does not count
//! A set with one key that signs, for which `kid` may be left away. Keys for encryption.
//!
//! # How to fix
//! Write `kid` into every token.

use super::section;
use crate::discovery_view::DiscoveryView;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, Stop, only_if};
use signoff_oidc::Metadata;
use signoff_oidc::spec::Level;
use signoff_oidc::token::Parts;

pub(super) const RULE: Rule = Rule {
    id: "CORE-10.1-01",
    name: "kid-where-keys-are-many",
    level: Level::Must,
    source: section("10.1"),
    title: "the token says its kid when the set has several keys",
    file: include_str!("kid_where_keys_are_many.rs"),
    judge: Judge::Discovery(judge),
    ..Rule::BLANK
};

fn judge(view: &DiscoveryView<'_>) -> Ruling {
    let set = view
        .world
        .jwks
        .as_ref()
        .and_then(|response| Metadata::parse(&response.body))
        .ok_or_else(|| Stop::Undecided("the keys could not be read".to_owned()))?;
    let keys = set.member("keys").and_then(|keys| keys.as_array()).cloned();
    let signing: Vec<_> = keys
        .unwrap_or_default()
        .into_iter()
        .filter(|key| key.get("use").and_then(|word| word.as_str()) != Some("enc"))
        .collect();
    only_if(signing.len() > 1, "the set has one key")?;
    let header = view
        .sign_in
        .and_then(|sign_in| Parts::of(&sign_in.id_token)?.header_json())
        .ok_or_else(|| Stop::Undecided("no ID token could be read".to_owned()))?;
    let kid = header.get("kid").and_then(|kid| kid.as_str());
    let known = |kid: &str| {
        signing
            .iter()
            .any(|key| key.get("kid").and_then(|known| known.as_str()) == Some(kid))
    };
    let seen = match kid {
        None => Seen::No(format!("no kid, and {} keys", signing.len())),
        Some(kid) if !known(kid) => Seen::No("a kid that no key of the set has".to_owned()),
        Some(_) => Seen::Yes("the kid of a key".to_owned()),
    };
    view.must(seen, "the kid of one of the keys")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::Discovered;

    const TWO: &str = r#"{"keys":[{"kty":"RSA","kid":"1"},{"kty":"RSA","kid":"2"}]}"#;

    fn signed(header: &str, keys: &str) -> Discovered {
        Discovered::new()
            .with_token("{}")
            .with_token_header(header)
            .with_keys(keys)
    }

    #[test]
    fn the_kid_of_a_key_keeps_it() {
        signed(r#"{"alg":"RS256","kid":"2"}"#, TWO).assert_kept(&RULE);
    }

    #[test]
    fn no_kid_and_an_unknown_one_break_it() {
        signed(r#"{"alg":"RS256"}"#, TWO).assert_violated(&RULE);
        signed(r#"{"alg":"RS256","kid":"3"}"#, TWO).assert_violated(&RULE);
    }

    #[test]
    fn one_key_is_not_its_business_and_no_key_is_undecided() {
        let one = r#"{"keys":[{"kid":"1"},{"kid":"e","use":"enc"}]}"#;
        signed(r#"{"alg":"RS256"}"#, one).assert_not_mine(&RULE);
        Discovered::new().with_token("{}").assert_undecided(&RULE);
        Discovered::new().with_keys(TWO).assert_undecided(&RULE);
    }
}

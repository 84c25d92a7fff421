//! `jwks_uri` is an https URL, and the key set there holds neither private nor symmetric keys.
//!
//! # Why it matters
//! With the private key at hand anybody makes hints that no OP can tell from its own; every defence against
//! forged hints (B-01, B-12) is then worth nothing.
//!
//! # What does not count
//! The scheme, on loopback. Which algorithms and how many keys there are.
//!
//! # How to fix
//! Publish the public members of the keys only.

use super::section;
use crate::discovery_view::DiscoveryView;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen};
use serde_json::Value;
use signoff_oidc::spec::Level;
use signoff_oidc::{Origin, Response};

pub(super) const RULE: Rule = Rule {
    id: "DISC-3-02",
    name: "public-keys-only",
    level: Level::Must,
    source: section("3"),
    title: "jwks_uri uses https and serves public keys only",
    file: include_str!("public_keys_only.rs"),
    judge: Judge::Discovery(judge),
    ..Rule::BLANK
};

/// Members that only private and symmetric keys have (RFC 7518 section 6).
const PRIVATE: &[&str] = &["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

fn judge(view: &DiscoveryView<'_>) -> Ruling {
    let expected = "an https jwks_uri with public keys";
    let Some(address) = view.metadata()?.text("jwks_uri") else {
        return view.must(Seen::No("no jwks_uri".to_owned()), expected);
    };
    let over_https = Origin::of(address).is_some_and(|origin| origin.is_https());
    let scheme = Seen::of(over_https || view.world.is_loopback_http(), address);
    view.must(scheme.and(are_public(view.world.jwks.as_ref())), expected)
}

fn are_public(served: Option<&Response>) -> Seen {
    let document: Option<Value> = served
        .filter(|response| response.status == 200)
        .and_then(|response| serde_json::from_slice(&response.body).ok());
    let keys = document
        .as_ref()
        .and_then(|set| set.get("keys"))
        .and_then(Value::as_array);
    let Some(keys) = keys.filter(|keys| !keys.is_empty()) else {
        return Seen::Unknown("no keys could be read at jwks_uri".to_owned());
    };
    let secret = keys.iter().find_map(|key| {
        let symmetric = key.get("kty").and_then(Value::as_str) == Some("oct");
        let member = PRIVATE.iter().find(|member| key.get(**member).is_some());
        match (symmetric, member) {
            (true, _) => Some("a symmetric key".to_owned()),
            (false, Some(member)) => Some(format!("a key with the private member {member}")),
            (false, None) => None,
        }
    });
    secret.map_or_else(|| Seen::Yes("public keys".to_owned()), Seen::No)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::Discovered;

    const PUBLIC: &str = r#"{"keys":[{"kty":"RSA","kid":"1","n":"AQAB","e":"AQAB"}]}"#;

    #[test]
    fn public_keys_keep_it() {
        Discovered::new().with_keys(PUBLIC).assert_kept(&RULE);
    }

    #[test]
    fn a_secret_key_or_a_plain_address_breaks_it() {
        for keys in [
            r#"{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB","d":"AQAB"}]}"#,
            r#"{"keys":[{"kty":"oct","k":"AQAB"}]}"#,
        ] {
            Discovered::new().with_keys(keys).assert_violated(&RULE);
        }
        Discovered::new()
            .with("jwks_uri", "\"http://op.example/jwks\"")
            .with_keys(PUBLIC)
            .assert_violated(&RULE);
        Discovered::new().without("jwks_uri").assert_violated(&RULE);
    }

    #[test]
    fn keys_that_could_not_be_read_tell_nothing() {
        Discovered::new().assert_undecided(&RULE);
        Discovered::new()
            .with_keys(r#"{"keys":[]}"#)
            .assert_undecided(&RULE);
    }

    #[test]
    fn the_scheme_does_not_count_on_loopback() {
        Discovered::new()
            .at_issuer("http://127.0.0.1:4101")
            .with("jwks_uri", "\"http://127.0.0.1:4101/jwks\"")
            .with_keys(PUBLIC)
            .assert_kept(&RULE);
    }
}

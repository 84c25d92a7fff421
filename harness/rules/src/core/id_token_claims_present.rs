//! An ID token has the claims `iss`, `sub`, `aud`, `exp` and `iat`, and the client it was issued to in `aud`.
//!
//! # Why it matters
//! It is the hint of the sign-off. Without them the provider cannot tell whose hint it is (B-28), and refuses
//! what it issued itself (B-40).
//!
//! # What does not count
//! Whether `iss` is the issuer (DISC-3-01), further claims and audiences, and tokens that are encrypted.
//!
//! # How to fix
//! Put the five claims into every ID token.

use super::section;
use crate::discovery_view::DiscoveryView;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CORE-2-01",
    name: "id-token-claims-present",
    level: Level::Must,
    source: section("2"),
    title: "an ID token has iss, sub, aud, exp and iat, and the client in aud",
    file: include_str!("id_token_claims_present.rs"),
    judge: Judge::Discovery(judge),
    ..Rule::BLANK
};

fn judge(view: &DiscoveryView<'_>) -> Ruling {
    let claims = view.claims()?;
    let required = ["iss", "sub", "aud", "exp", "iat"];
    let missing = required.iter().find(|name| claims.get(**name).is_none());
    let client = view
        .sign_in
        .map_or("", |sign_in| sign_in.client_id.as_str());
    let audience = claims.get("aud");
    let named = audience.is_some_and(|aud| {
        aud.as_str() == Some(client)
            || aud
                .as_array()
                .is_some_and(|list| list.iter().any(|one| one.as_str() == Some(client)))
    });
    let seen = match missing {
        Some(name) => Seen::No(format!("no {name}")),
        None if !named => Seen::No("aud without the client".to_owned()),
        None => Seen::Yes("all five".to_owned()),
    };
    view.must(seen, "iss, sub, aud, exp and iat, and the client in aud")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::Discovered;

    fn token(claims: &str) -> Discovered {
        Discovered::new().with_token(claims)
    }

    #[test]
    fn the_five_claims_keep_it() {
        for aud in ["\"a\"", r#"["a"]"#, r#"["b","a"]"#] {
            token(&format!(
                r#"{{"iss":"https://op.example","sub":"1","aud":{aud},"exp":2,"iat":1}}"#
            ))
            .assert_kept(&RULE);
        }
    }

    #[test]
    fn a_missing_claim_or_another_audience_breaks_it() {
        for claims in [
            r#"{"sub":"1","aud":"a","exp":2,"iat":1}"#,
            r#"{"iss":"https://op.example","sub":"1","aud":"a","exp":2}"#,
            r#"{"iss":"https://op.example","sub":"1","aud":"b","exp":2,"iat":1}"#,
            r#"{"iss":"https://op.example","sub":"1","aud":[],"exp":2,"iat":1}"#,
        ] {
            token(claims).assert_violated(&RULE);
        }
    }

    #[test]
    fn without_a_readable_token_nothing_is_decided() {
        Discovered::new().assert_undecided(&RULE);
    }
}

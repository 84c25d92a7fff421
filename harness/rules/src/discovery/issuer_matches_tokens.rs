//! `issuer` is an https URL without query and fragment, and equal to the `iss` of the ID tokens.
//!
//! # Why it matters
//! The hint's `iss` is compared with it. A slash more or less, and an OP refuses its own hints (B-38).
//!
//! # What does not count
//! The scheme, on loopback. An ID token that cannot be read, because it is encrypted or nobody signed in.
//!
//! # How to fix
//! Take issuer, `iss` and the address of the document from one setting.

use super::section;
use crate::discovery_view::DiscoveryView;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen};
use signoff_oidc::Origin;
use signoff_oidc::spec::Level;
use signoff_oidc::token::text_claim;

pub(super) const RULE: Rule = Rule {
    id: "DISC-3-01",
    name: "issuer-matches-tokens",
    level: Level::Must,
    source: section("3"),
    title: "issuer is an https URL, and the iss of the ID tokens",
    file: include_str!("issuer_matches_tokens.rs"),
    judge: Judge::Discovery(judge),
    ..Rule::BLANK
};

fn judge(view: &DiscoveryView<'_>) -> Ruling {
    let metadata = view.metadata()?;
    let expected = "an https URL without query and fragment, equal to iss";
    let Some(issuer) = metadata.text("issuer") else {
        return view.must(Seen::No("no issuer".to_owned()), expected);
    };
    let over_https = Origin::of(issuer).is_some_and(|origin| origin.is_https());
    let scheme = Seen::of(over_https || view.world.is_loopback_http(), issuer);
    let shape = Seen::of(!issuer.contains(['?', '#']), issuer);
    let iss = view
        .sign_in
        .and_then(|sign_in| text_claim(&sign_in.id_token, "iss"));
    let same = match iss {
        None => Seen::Unknown("no ID token could be read".to_owned()),
        Some(iss) => Seen::of(
            iss == issuer,
            format!("issuer {issuer}, and {iss} in the ID token"),
        ),
    };
    view.must(scheme.and(shape).and(same), expected)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::Discovered;

    const ISS: &str = r#"{"iss":"https://op.example"}"#;

    #[test]
    fn one_text_in_both_places_keeps_it() {
        Discovered::new().with_token(ISS).assert_kept(&RULE);
        Discovered::new()
            .at_issuer("http://127.0.0.1:4101/t")
            .with_token(r#"{"iss":"http://127.0.0.1:4101/t"}"#)
            .assert_kept(&RULE);
    }

    #[test]
    fn a_difference_or_a_wrong_shape_breaks_it() {
        Discovered::new()
            .with_token(r#"{"iss":"https://op.example/"}"#)
            .assert_violated(&RULE);
        for issuer in [
            "http://op.example",
            "https://op.example?tenant=x",
            "https://op.example#",
        ] {
            Discovered::new().at_issuer(issuer).assert_violated(&RULE);
        }
        Discovered::new().without("issuer").assert_violated(&RULE);
    }

    #[test]
    fn without_a_readable_token_nothing_is_decided() {
        Discovered::new().assert_undecided(&RULE);
        let mut encrypted = Discovered::new().with_token(ISS);
        if let Some(sign_in) = &mut encrypted.sign_in {
            "a.b.c.d.e".clone_into(&mut sign_in.id_token);
        }
        encrypted.assert_undecided(&RULE);
    }
}

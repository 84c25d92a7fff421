//! Tokens in other spellings, and headers that say other things: what a lenient OP may take for the issued token, and
//! what was signed with its own key although it never says so itself.

use serde_json::{Map, Value, json};
use signoff_scenarios::{HeaderEdit, TokenSpelling};

/// The address that a stranger serves keys at.
const STRANGERS_KEYS: &str = "https://evil.test/jwks.json";

/// The token in this spelling. The error says why it cannot be written so.
pub(crate) fn respelt(token: &str, spelling: TokenSpelling) -> Result<String, String> {
    let spelt = match spelling {
        TokenSpelling::Padded => padded(token),
        TokenSpelling::SpaceBefore => format!(" {token}"),
        TokenSpelling::LineFeedBehind => format!("{token}\n"),
        TokenSpelling::Folded => folded(token),
        TokenSpelling::Quoted => format!("\"{token}\""),
        TokenSpelling::Bearer => format!("Bearer {token}"),
        TokenSpelling::StandardAlphabet => token.replace('-', "+").replace('_', "/"),
        TokenSpelling::FourParts => format!("{token}.AA"),
        TokenSpelling::NulBehind => format!("{token}\0"),
        TokenSpelling::EncodedTwice => token.replace('.', "%2E"),
    };
    if spelt == token {
        return Err("the ID token has nothing to be written otherwise".to_owned());
    }
    Ok(spelt)
}

/// Every part with as many `=` as make its length a multiple of four; one at least in all.
fn padded(token: &str) -> String {
    let parts: Vec<String> = token
        .split('.')
        .map(|part| {
            let missing = (4 - part.len() % 4) % 4;
            format!("{part}{}", "=".repeat(missing))
        })
        .collect();
    let all = parts.join(".");
    if all == token { format!("{all}=") } else { all }
}

/// A line break after the first half, at a boundary of characters.
fn folded(token: &str) -> String {
    let half = token.chars().count() / 2;
    let mut characters = token.chars();
    let first: String = characters.by_ref().take(half).collect();
    let second: String = characters.collect();
    format!("{first}\r\n {second}")
}

/// The JOSE header after this edit.
pub(crate) fn edited(mut header: Map<String, Value>, edit: HeaderEdit) -> Map<String, Value> {
    let mut set = |name: &str, value: Value| drop(header.insert(name.to_owned(), value));
    match edit {
        HeaderEdit::UnknownKid => set("kid", json!("no-such-key")),
        HeaderEdit::AccessTokenType => set("typ", json!("at+jwt")),
        HeaderEdit::CriticalUnknown => {
            set("crit", json!(["https://evil.test/extension"]));
            set("https://evil.test/extension", json!(true));
        }
        HeaderEdit::NotEncoded => {
            set("b64", json!(false));
            set("crit", json!(["b64"]));
        }
        HeaderEdit::OtherAlgorithm => set("alg", json!("RS512")),
        HeaderEdit::StrangersAddresses => {
            set("jku", json!(STRANGERS_KEYS));
            set("x5u", json!(STRANGERS_KEYS));
        }
        HeaderEdit::NoKid => drop(header.remove("kid")),
        HeaderEdit::NoAlgorithm => drop(header.remove("alg")),
    }
    header
}

/// What was done to the header, for reports.
pub(crate) fn described(edit: HeaderEdit) -> &'static str {
    match edit {
        HeaderEdit::UnknownKid => "a kid that names no key",
        HeaderEdit::NoKid => "no kid",
        HeaderEdit::AccessTokenType => "typ at+jwt",
        HeaderEdit::CriticalUnknown => "an unknown extension in crit",
        HeaderEdit::NotEncoded => "b64 false",
        HeaderEdit::OtherAlgorithm => "alg RS512",
        HeaderEdit::NoAlgorithm => "no alg",
        HeaderEdit::StrangersAddresses => "a stranger's jku and x5u",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use signoff_oidc::token::{Parts, from_base64url};

    const SPELLINGS: [TokenSpelling; 10] = [
        TokenSpelling::Padded,
        TokenSpelling::SpaceBefore,
        TokenSpelling::LineFeedBehind,
        TokenSpelling::Folded,
        TokenSpelling::Quoted,
        TokenSpelling::Bearer,
        TokenSpelling::StandardAlphabet,
        TokenSpelling::FourParts,
        TokenSpelling::NulBehind,
        TokenSpelling::EncodedTwice,
    ];

    #[test]
    fn no_spelling_is_the_compact_form_of_the_specification() {
        // With a `-`, so that the standard alphabet differs, and with a part that needs no padding.
        for token in ["eyJh.eyJzdWIifQ.c2ln-w", "abcd.abcd.ab-d"] {
            for spelling in SPELLINGS {
                let spelt = respelt(token, spelling).unwrap();
                let strict = Parts::of(&spelt).is_some_and(|parts| {
                    [parts.header, parts.payload, parts.signature]
                        .iter()
                        .all(|part| from_base64url(part).is_some())
                });
                assert!(!strict, "{spelling:?}: {spelt}");
            }
        }
    }

    #[test]
    fn a_spelling_that_changes_nothing_is_not_applicable() {
        let why = respelt("a.b.c", TokenSpelling::StandardAlphabet).unwrap_err();
        assert!(why.contains("nothing to be written"), "{why}");
    }

    #[test]
    fn header_members_say_what_they_are_to_say() {
        let header = || {
            let header = json!({ "alg": "RS256", "kid": "one" });
            header.as_object().unwrap().clone()
        };
        let with = |edit| Value::Object(edited(header(), edit));
        assert_eq!(with(HeaderEdit::NoKid), json!({ "alg": "RS256" }));
        assert_eq!(with(HeaderEdit::NoAlgorithm), json!({ "kid": "one" }));
        assert_eq!(with(HeaderEdit::UnknownKid)["kid"], "no-such-key");
        assert_eq!(with(HeaderEdit::NotEncoded)["crit"], json!(["b64"]));
        let critical = with(HeaderEdit::CriticalUnknown);
        let name = critical["crit"][0].as_str().unwrap();
        assert_eq!(
            critical[name], true,
            "RFC 7515 section 4.1.11 wants it present"
        );
    }

    proptest! {
        #[test]
        fn any_text_can_be_respelt_and_differs(token in ".{0,40}") {
            for spelling in SPELLINGS {
                if let Ok(spelt) = respelt(&token, spelling) {
                    prop_assert_ne!(&spelt, &token);
                }
            }
        }
    }
}

//! Tokens: verified by a second implementation, and forged in the ways that matter.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use mock_idp_core::{Op, Request, test_keys};
use serde_json::Value;

use super::browser::{ALICE, Browser, ENV, OP, oidc, p1, pingone, start};

/// What is changed about a genuine ID token.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Forge {
    /// Signed by a stranger under our `kid`.
    Stranger,
    /// Not signed, `alg` being `nOnE`.
    Unsigned,
    /// Issued by another environment, with our key.
    Issuer,
    /// For two clients, with our key.
    Audiences,
    /// Long expired, with our key.
    Expired,
    /// For this client, with our key.
    Client(&'static str),
    /// About this user, with our key.
    Subject(&'static str),
}

pub(crate) fn claims(token: &str) -> Value {
    let part = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

pub(crate) fn forged(token: &str, how: Forge) -> String {
    let mut claims = claims(token);
    let mut key = test_keys::FIRST_PKCS8_PEM;
    match how {
        Forge::Stranger => key = test_keys::THIRD_PKCS8_PEM,
        Forge::Unsigned => {
            let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
            return format!(
                "{}.{}.",
                part(r#"{"alg":"nOnE"}"#),
                part(&claims.to_string())
            );
        }
        Forge::Issuer => claims["iss"] = format!("{}/", claims["iss"].as_str().unwrap()).into(),
        Forge::Audiences => claims["aud"] = serde_json::json!(["rp", "other"]),
        Forge::Expired => claims["exp"] = (claims["iat"].as_i64().unwrap() - 1).into(),
        Forge::Client(id) => claims["aud"] = id.into(),
        Forge::Subject(id) => claims["sub"] = id.into(),
    }
    let mut header = Header::new(Algorithm::RS256);
    header.kid = test_keys::kid(test_keys::FIRST_PKCS8_PEM);
    let key = EncodingKey::from_rsa_pem(key.as_bytes()).unwrap();
    jsonwebtoken::encode(&header, &claims, &key).unwrap()
}

fn verified(op: &mut Op, base: &str, token: &str, audience: &str) -> Value {
    let jwks = op.handle(&Request::get(format!("{base}/jwks")), start());
    let jwks: jsonwebtoken::jwk::JwkSet = serde_json::from_slice(&jwks.body).unwrap();
    let kid = jsonwebtoken::decode_header(token).unwrap().kid.unwrap();
    let key = DecodingKey::from_jwk(jwks.find(&kid).unwrap()).unwrap();
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_issuer(&[base]);
    validation.set_audience(&[audience]);
    validation.validate_exp = false;
    jsonwebtoken::decode::<Value>(token, &key, &validation)
        .unwrap()
        .claims
}

#[test]
fn another_implementation_verifies_the_id_tokens_of_both_dialects() {
    let mut op = Op::new(pingone()).unwrap();
    let tokens = Browser::default().sign_on(&mut op, &p1(), "rp", ALICE);
    let claims = verified(&mut op, &p1(), &tokens.id, "rp");
    for name in [
        "sub",
        "iat",
        "exp",
        "acr",
        "amr",
        "auth_time",
        "at_hash",
        "sid",
        "env",
        "org",
        "p1.region",
        "nonce",
    ] {
        assert!(!claims[name].is_null(), "{name}");
    }
    assert_eq!(
        (claims["env"].as_str(), claims["auth_time"].as_i64()),
        (Some(ENV), claims["iat"].as_i64())
    );

    let mut op = Op::new(oidc()).unwrap();
    let tokens = Browser::default().sign_on(&mut op, OP, "rp", ALICE);
    let claims = verified(&mut op, OP, &tokens.id, "rp");
    assert_eq!(
        (claims["sub"].as_str(), claims["nonce"].as_str()),
        (Some("alice-id"), Some("n1"))
    );
    assert!(claims["sid"].is_string());
}

#[test]
fn the_same_seed_gives_the_same_octets_and_another_seed_others() {
    let run = |seed| {
        let mut config = pingone();
        config.seed = seed;
        let mut op = Op::new(config).unwrap();
        let mut browser = Browser::default();
        let tokens = browser.sign_on(&mut op, &p1(), "rp", ALICE);
        (tokens.id, tokens.access, tokens.refresh, browser.jar)
    };
    assert_eq!(run(1), run(1));
    assert_ne!(run(1), run(2));
}

#[test]
fn the_published_key_is_the_fixed_one_without_its_private_half() {
    let jwk = test_keys::public_jwk(test_keys::FIRST_PKCS8_PEM).unwrap();
    assert_eq!(
        jwk["kid"].as_str(),
        test_keys::kid(test_keys::FIRST_PKCS8_PEM).as_deref()
    );
    assert!(jwk["d"].is_null() && jwk["p"].is_null());
    let pem = test_keys::public_pem(test_keys::FIRST_PKCS8_PEM).unwrap();
    assert!(DecodingKey::from_rsa_pem(pem.as_bytes()).is_ok());
}

/// The same claims under our key, in a token of exactly this length.
pub(crate) fn padded(token: &str, length: usize) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signature = token.rsplit('.').next().unwrap().len();
    // Base64url has no text of a length that leaves 1 by 4, so the header has to help out.
    for spare in 0..4 {
        let header = part(&serde_json::json!({ "alg": "RS256", "x": "x".repeat(spare) }));
        let room = length - header.len() - signature - 2;
        let mut claims = claims(token);
        claims["pad"] = "".into();
        let bare = claims.to_string().len();
        let Some(filler) = (room * 3 / 4).checked_sub(bare) else {
            continue;
        };
        claims["pad"] = "x".repeat(filler).into();
        let signed = format!("{header}.{}", part(&claims));
        if signed.len() + 1 + signature == length {
            let key = EncodingKey::from_rsa_pem(test_keys::FIRST_PKCS8_PEM.as_bytes()).unwrap();
            let made = jsonwebtoken::crypto::sign(signed.as_bytes(), &key, Algorithm::RS256);
            return format!("{signed}.{}", made.unwrap());
        }
    }
    panic!("no token of {length} characters can be made");
}

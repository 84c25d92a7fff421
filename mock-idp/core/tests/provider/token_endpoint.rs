//! The token endpoint: who may redeem what.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use mock_idp_core::{Op, Request, Response, TokenEndpointAuth};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::browser::{
    ALICE, Browser, authorize, form, p1, parameter, pingone, refresh, start, text, token,
};

const VERIFIER: &str = "a-verifier-of-at-least-forty-three-characters-0123456789";

fn provider() -> (Op, Browser) {
    let mut op = Op::new(pingone()).unwrap();
    let mut browser = Browser::default();
    browser.sign_on(&mut op, &p1(), "rp", ALICE);
    (op, browser)
}

fn code(
    op: &mut Op,
    browser: &mut Browser,
    client: &str,
    more: &[(&str, &str)],
) -> Result<String, String> {
    let answer = browser.get(op, &authorize(&p1(), client, more));
    let location = answer.header("Location").unwrap();
    parameter(location, "code").ok_or_else(|| parameter(location, "error").unwrap())
}

fn error(response: &Response) -> String {
    let body: Value = serde_json::from_slice(&response.body).unwrap();
    body["error"].as_str().unwrap_or("none").to_owned()
}

fn redeem(op: &mut Op, client: &str, code: &str, more: &[(&str, &str)]) -> Response {
    let callback = format!("https://{client}.example/cb");
    let mut fields = vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", &callback),
    ];
    fields.retain(|(name, _)| more.iter().all(|(other, _)| other != name));
    fields.extend_from_slice(more);
    op.handle(
        &Request::post_form(format!("{}/token", p1()), form(&fields)),
        start(),
    )
}

#[test]
fn a_code_is_good_once_for_its_client_and_redirect_uri() {
    let (mut op, mut browser) = provider();
    let grant = |code: &str, uri: &str| {
        [
            ("grant_type", "authorization_code".to_owned()),
            ("code", code.to_owned()),
            ("redirect_uri", uri.to_owned()),
        ]
    };
    let cases = [
        ("rp", "https://rp.example/cb", 200),
        ("rp", "https://rp.example/cb/", 400),
        ("other", "https://rp.example/cb", 400),
    ];
    for (client, uri, status) in cases {
        let code = code(&mut op, &mut browser, "rp", &[]).unwrap();
        let fields = grant(&code, uri);
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        assert_eq!(
            token(&mut op, &p1(), client, &fields).status,
            status,
            "{client} {uri}"
        );
        assert_eq!(token(&mut op, &p1(), client, &fields).status, 400, "used");
    }
}

#[test]
fn a_client_authenticates_by_its_own_method_only() {
    for (method, good) in [
        (TokenEndpointAuth::Basic, "basic"),
        (TokenEndpointAuth::Post, "post"),
    ] {
        let mut config = pingone();
        config.tenants[0].clients[0].token_endpoint_auth = method;
        let mut op = Op::new(config).unwrap();
        for way in ["basic", "post", "none", "wrong"] {
            let mut fields = vec![
                ("grant_type", "refresh_token"),
                ("refresh_token", "unknown"),
            ];
            fields.extend_from_slice(match way {
                "post" => &[("client_id", "rp"), ("client_secret", "rp-secret")],
                "none" => &[("client_id", "rp")],
                _ => &[],
            });
            let secret = if way == "wrong" {
                "rp:wrong"
            } else {
                "rp:rp-secret"
            };
            let mut request = Request::post_form(format!("{}/token", p1()), form(&fields));
            if ["basic", "wrong"].contains(&way) {
                request = request.with_header(
                    "Authorization",
                    format!("Basic {}", STANDARD.encode(secret)),
                );
            }
            let answer = op.handle(&request, start());
            let expected = if way == good {
                "invalid_grant"
            } else {
                "invalid_client"
            };
            assert_eq!(
                error(&answer),
                expected,
                "{way} for {good}: {}",
                text(&answer)
            );
        }
    }
}

#[test]
fn a_public_client_needs_the_verifier_of_its_challenge() {
    let (mut op, mut browser) = provider();
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
    let asked = [
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
    ];
    for (verifier, expected) in [
        (VERIFIER, "none"),
        ("another", "invalid_grant"),
        (&challenge, "invalid_grant"),
    ] {
        let code = code(&mut op, &mut browser, "spa", &asked).unwrap();
        let answer = redeem(
            &mut op,
            "spa",
            &code,
            &[("client_id", "spa"), ("code_verifier", verifier)],
        );
        assert_eq!(error(&answer), expected);
    }
    let refused = [
        code(&mut op, &mut browser, "spa", &[]),
        code(&mut op, &mut browser, "spa", &asked[..1]),
    ];
    assert_eq!(
        refused,
        [Err("invalid_request".into()), Err("invalid_request".into())]
    );
}

#[test]
fn the_plain_challenge_works_where_it_is_allowed() {
    let (mut op, mut browser) = provider();
    let code = code(&mut op, &mut browser, "rp", &[("code_challenge", VERIFIER)]).unwrap();
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", "https://rp.example/cb"),
        ("code_verifier", VERIFIER),
    ];
    assert_eq!(token(&mut op, &p1(), "rp", &fields).status, 200);
}

#[test]
fn a_refresh_token_is_good_for_its_own_client() {
    let (mut op, mut browser) = provider();
    let tokens = browser.sign_on(&mut op, &p1(), "rp", ALICE);
    let refresh_token = tokens.refresh.unwrap();
    assert_eq!(refresh(&mut op, &p1(), "other", &refresh_token), 400);
    assert_eq!(refresh(&mut op, &p1(), "rp", &refresh_token), 200);
}

#[test]
fn authorization_requests_in_error_are_answered_where_they_may_be() {
    let (mut op, mut browser) = provider();
    for (more, error) in [
        ([("response_type", "token")], "unsupported_response_type"),
        ([("scope", "profile")], "invalid_scope"),
        ([("max_age", "soon")], "invalid_request"),
        ([("prompt", "none login")], "invalid_request"),
    ] {
        assert_eq!(
            code(&mut op, &mut browser, "rp", &more),
            Err(error.to_owned())
        );
    }
    for more in [
        [("client_id", "nobody")],
        [("client_id", "off")],
        [("redirect_uri", "https://evil.example/")],
    ] {
        let answer = browser.get(&mut op, &authorize(&p1(), "rp", &more));
        assert!(
            answer
                .header("Location")
                .unwrap()
                .contains("/signon/?error="),
            "{more:?}"
        );
    }
}

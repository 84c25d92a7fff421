//! What Core 1.0 asks of the plain provider's authorization endpoint, and its tokens between sign-on and sign-off.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mock_idp_core::{AccessTokens, Config, Freedom, Op, RefreshTokens, Request, Response};
use serde_json::{Value, json};

use super::browser::{
    ALICE, BOB, Browser, OP, Tokens, authorize, form, oidc, parameter, refresh, start, text, token,
    userinfo,
};

fn provider(choose: fn(&mut Freedom)) -> Op {
    let mut config: Config = oidc();
    choose(&mut config.tenants[0].freedom);
    Op::new(config).unwrap()
}

fn usual() -> Op {
    provider(|_| {})
}

fn ask(op: &mut Op, browser: &mut Browser, more: &[(&str, &str)]) -> Response {
    browser.get(op, &authorize(OP, "rp", more))
}

/// The error that an answer sends to the client, or nothing.
fn error(answer: &Response) -> Option<String> {
    parameter(answer.header("Location")?, "error")
}

fn post_as(op: &mut Op, client: &str, path: &str, fields: &[(&str, &str)]) -> Response {
    let pair = STANDARD.encode(format!("{client}:{client}-secret"));
    let request = Request::post_form(format!("{OP}/{path}"), form(fields))
        .with_header("Authorization", format!("Basic {pair}"));
    op.handle(&request, start())
}

fn active(op: &mut Op, value: &str) -> bool {
    let answer = post_as(op, "rp", "introspect", &[("token", value)]);
    let body: Value = serde_json::from_slice(&answer.body).unwrap();
    body["active"] == true
}

fn signed_on(op: &mut Op) -> (Browser, Tokens) {
    let mut browser = Browser::default();
    let tokens = browser.sign_on(op, OP, "rp", ALICE);
    (browser, tokens)
}

#[test]
fn what_is_not_supported_is_refused_by_name() {
    let mut op = usual();
    let (mut browser, _) = signed_on(&mut op);
    for (name, value, expected) in [
        ("request", "eyJ", "request_not_supported"),
        (
            "request_uri",
            "https://rp.example/r",
            "request_uri_not_supported",
        ),
        ("registration", "{}", "registration_not_supported"),
        ("prompt", "sing", "invalid_request"),
        ("prompt", "none login", "invalid_request"),
        ("claims", "no json", "invalid_request"),
        ("id_token_hint", "no token", "invalid_request"),
        ("max_age", "soon", "invalid_request"),
    ] {
        let answer = ask(&mut op, &mut browser, &[(name, value)]);
        assert_eq!(error(&answer).as_deref(), Some(expected), "{name}={value}");
        let issuer = parameter(answer.header("Location").unwrap(), "iss");
        assert_eq!(issuer.as_deref(), Some(OP), "{name}");
    }
    // What Core 15.1 wants to cause no error.
    for (name, value) in [
        ("display", "popup"),
        ("ui_locales", "zz"),
        ("claims_locales", "zz"),
        ("acr_values", "x"),
    ] {
        let answer = ask(&mut op, &mut browser, &[(name, value)]);
        assert_eq!(error(&answer), None, "{name}");
    }
}

#[test]
fn the_issuer_is_named_in_responses_unless_it_is_chosen_not_to() {
    let mut op = provider(|freedom| freedom.issuer_in_response = false);
    let (mut browser, _) = signed_on(&mut op);
    let answer = ask(&mut op, &mut browser, &[("prompt", "none")]);
    let location = answer.header("Location").unwrap();
    assert!(parameter(location, "code").is_some() && parameter(location, "iss").is_none());
}

#[test]
fn a_hint_or_a_claim_names_who_has_to_be_signed_in() {
    let mut op = usual();
    let (mut browser, tokens) = signed_on(&mut op);
    let bob = Browser::default().sign_on(&mut op, OP, "rp", BOB);
    let as_claim = |sub: &str| json!({ "id_token": { "sub": { "value": sub } } }).to_string();
    for (name, value, expected) in [
        ("id_token_hint", tokens.id.clone(), None),
        ("id_token_hint", bob.id.clone(), Some("login_required")),
        ("claims", as_claim("alice-id"), None),
        ("claims", as_claim("bob-id"), Some("login_required")),
    ] {
        let answer = ask(&mut op, &mut browser, &[("prompt", "none"), (name, &value)]);
        assert_eq!(error(&answer).as_deref(), expected, "{name}");
    }
    // With a form to fill, it is the same: no tokens for another End-User than the hint names.
    let page = ask(&mut op, &mut browser, &[("id_token_hint", &bob.id)]);
    let transaction = super::browser::attribute(&text(&page), "value");
    let fields = [
        ("transaction", transaction.as_str()),
        ("username", ALICE.0),
        ("password", ALICE.1),
    ];
    let answer = browser.post(&mut op, &format!("{OP}/sign-in"), &fields);
    assert_eq!(error(&answer).as_deref(), Some("login_required"));
}

#[test]
fn offline_access_wants_consent_and_is_ignored_without() {
    let mut op = provider(|freedom| freedom.refresh_tokens = RefreshTokens::OfflineOnly);
    let mut browser = Browser::default();
    let scope = ("scope", "openid offline_access");
    let ignored = browser.sign_on_with(&mut op, OP, "rp", ALICE, &[scope]);
    assert!(ignored.refresh.is_none());
    let granted = browser.sign_on_with(&mut op, OP, "rp", ALICE, &[scope, ("prompt", "consent")]);
    assert!(granted.refresh.is_some());
    let page = ask(&mut op, &mut browser, &[scope, ("prompt", "consent")]);
    assert!(text(&page).contains("while you are away"));
    let transaction = super::browser::attribute(&text(&page), "value");
    let deny = [("transaction", transaction.as_str()), ("answer", "deny")];
    let mut stranger = Browser::default();
    assert_eq!(
        stranger
            .post(&mut op, &format!("{OP}/consent"), &deny)
            .status,
        400
    );
    let answer = browser.post(&mut op, &format!("{OP}/consent"), &deny);
    assert_eq!(error(&answer).as_deref(), Some("access_denied"));
    assert_eq!(
        browser
            .post(&mut op, &format!("{OP}/consent"), &deny)
            .status,
        400
    );
}

#[test]
fn claims_asked_for_by_name_are_where_they_were_asked_for() {
    let mut op = usual();
    let claims = json!({ "id_token": { "email": null }, "userinfo": { "given_name": { "essential": true } } });
    let tokens = Browser::default().sign_on_with(
        &mut op,
        OP,
        "rp",
        ALICE,
        &[("scope", "openid"), ("claims", &claims.to_string())],
    );
    let payload = tokens.id.split('.').nth(1).unwrap();
    let payload = base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(payload)
        .unwrap();
    let payload: Value = serde_json::from_slice(&payload).unwrap();
    assert_eq!(payload["email"], "alice@example.com");
    assert!(payload.get("given_name").is_none());
    let request = Request::get(format!("{OP}/userinfo"))
        .with_header("Authorization", format!("Bearer {}", tokens.access));
    let answer: Value = serde_json::from_slice(&op.handle(&request, start()).body).unwrap();
    assert_eq!(answer["given_name"], "alice");
    assert!(answer.get("email").is_none());
}

#[test]
fn either_type_of_token_is_revoked_whatever_the_hint_says_and_only_by_its_client() {
    let mut op = usual();
    let (_, tokens) = signed_on(&mut op);
    let refresh_token = tokens.refresh.unwrap();
    let foreign = post_as(&mut op, "other", "revoke", &[("token", &refresh_token)]);
    assert_eq!(foreign.status, 400);
    assert!(text(&foreign).contains("invalid_grant"));
    assert!(active(&mut op, &refresh_token));
    let wrong_hint = [
        ("token", refresh_token.as_str()),
        ("token_type_hint", "access_token"),
    ];
    assert_eq!(post_as(&mut op, "rp", "revoke", &wrong_hint).status, 200);
    assert_eq!(refresh(&mut op, OP, "rp", &refresh_token), 400);
    // The access token of the grant goes with it.
    assert_eq!(userinfo(&mut op, OP, &tokens.access), 401);
    assert!(!active(&mut op, &refresh_token) && !active(&mut op, &tokens.access));
    for unknown in [refresh_token.as_str(), "nothing"] {
        assert_eq!(
            post_as(&mut op, "rp", "revoke", &[("token", unknown)]).status,
            200
        );
    }
    assert_eq!(post_as(&mut op, "rp", "revoke", &[]).status, 400);
}

#[test]
fn an_access_token_can_be_revoked_alone_and_the_session_lives_on() {
    let mut op = provider(|freedom| freedom.access_tokens = AccessTokens::Opaque);
    let (mut browser, tokens) = signed_on(&mut op);
    assert!(!tokens.access.contains('.'));
    assert_eq!(
        post_as(&mut op, "rp", "revoke", &[("token", &tokens.access)]).status,
        200
    );
    assert_eq!(userinfo(&mut op, OP, &tokens.access), 401);
    assert_eq!(refresh(&mut op, OP, "rp", &tokens.refresh.unwrap()), 200);
    assert!(browser.is_signed_on(&mut op, OP));
}

#[test]
fn a_code_that_is_redeemed_twice_takes_its_tokens_back() {
    let mut op = usual();
    let (mut browser, _) = signed_on(&mut op);
    let answer = ask(&mut op, &mut browser, &[("prompt", "none")]);
    let code = parameter(answer.header("Location").unwrap(), "code").unwrap();
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", "https://rp.example/cb"),
    ];
    let first = token(&mut op, OP, "rp", &fields);
    let body: Value = serde_json::from_slice(&first.body).unwrap();
    let access = body["access_token"].as_str().unwrap();
    assert_eq!(userinfo(&mut op, OP, access), 200);
    assert_eq!(token(&mut op, OP, "rp", &fields).status, 400);
    assert_eq!(userinfo(&mut op, OP, access), 401);
}

#[test]
fn a_refresh_token_is_replaced_where_that_is_chosen() {
    let mut op = provider(|freedom| freedom.refresh_rotation = true);
    let (_, tokens) = signed_on(&mut op);
    let first = tokens.refresh.unwrap();
    let fields = [
        ("grant_type", "refresh_token"),
        ("refresh_token", first.as_str()),
    ];
    let answer = token(&mut op, OP, "rp", &fields);
    let body: Value = serde_json::from_slice(&answer.body).unwrap();
    let second = body["refresh_token"].as_str().unwrap();
    assert_ne!(second, first);
    assert_eq!(refresh(&mut op, OP, "rp", &first), 400);
    assert_eq!(refresh(&mut op, OP, "rp", second), 200);
}

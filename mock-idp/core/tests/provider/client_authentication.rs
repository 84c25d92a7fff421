//! How clients prove themselves by assertions, what they may ask in their own name, and what they learn of tokens.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use mock_idp_core::{
    Client, Config, Control, Grant, Op, Request, Response, TokenEndpointAuth, test_keys,
};
use serde_json::{Value, json};

use super::browser::{
    ALICE, Browser, authorize, form, p1, parameter, pingone, refresh, start, userinfo,
};

const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const SECRET: &str = "a-secret-that-is-long-enough-for-a-mac";

fn world() -> Config {
    let mut config = pingone();
    let by_secret = Client {
        token_endpoint_auth: TokenEndpointAuth::SecretJwt,
        ..Client::worker("mac", SECRET)
    };
    let mut jwk = test_keys::public_jwk(test_keys::THIRD_PKCS8_PEM).unwrap();
    jwk["kid"] = "one".into();
    let by_key = Client {
        token_endpoint_auth: TokenEndpointAuth::PrivateKeyJwt,
        secret: None,
        jwks: Some(json!({ "keys": [{ "kty": "EC" }, jwk] })),
        ..Client::worker("signer", "")
    };
    let worker = Client::worker("worker", "worker-secret");
    let clients = &mut config.tenants[0].clients;
    clients.extend([by_secret, by_key, worker]);
    config
}

fn claims(client: &str, jti: &str) -> Value {
    json!({
        "iss": client,
        "sub": client,
        "aud": p1(),
        "jti": jti,
        "exp": start().as_second() + 60,
    })
}

fn by_mac(claims: &Value, algorithm: Algorithm) -> String {
    encode(
        &Header::new(algorithm),
        claims,
        &EncodingKey::from_secret(SECRET.as_bytes()),
    )
    .unwrap()
}

fn by_key(claims: &Value, algorithm: Algorithm, pem: &str, kid: Option<&str>) -> String {
    let mut header = Header::new(algorithm);
    header.kid = kid.map(str::to_owned);
    encode(
        &header,
        claims,
        &EncodingKey::from_rsa_pem(pem.as_bytes()).unwrap(),
    )
    .unwrap()
}

fn ask(op: &mut Op, path: &str, fields: &[(&str, &str)]) -> Response {
    op.handle(
        &Request::post_form(format!("{}/{path}", p1()), form(fields)),
        start(),
    )
}

fn present(op: &mut Op, assertion: &str, more: &[(&str, &str)]) -> u16 {
    let mut fields = vec![
        ("grant_type", "client_credentials"),
        ("client_assertion_type", TYPE),
        ("client_assertion", assertion),
    ];
    fields.extend_from_slice(more);
    ask(op, "token", &fields).status
}

fn basic(op: &mut Op, path: &str, client: &str, fields: &[(&str, &str)]) -> Response {
    let credentials = STANDARD.encode(format!("{client}:{client}-secret"));
    let request = Request::post_form(format!("{}/{path}", p1()), form(fields))
        .with_header("Authorization", format!("Basic {credentials}"));
    op.handle(&request, start())
}

fn json_of(response: &Response) -> Value {
    serde_json::from_slice(&response.body).unwrap()
}

#[test]
fn an_assertion_is_good_once_whatever_its_algorithm() {
    let mut op = Op::new(world()).unwrap();
    for (number, algorithm) in [Algorithm::HS256, Algorithm::HS384, Algorithm::HS512]
        .into_iter()
        .enumerate()
    {
        let assertion = by_mac(&claims("mac", &format!("m{number}")), algorithm);
        assert_eq!(present(&mut op, &assertion, &[("client_id", "mac")]), 200);
        assert_eq!(present(&mut op, &assertion, &[]), 401, "it was used");
    }
    let key = test_keys::THIRD_PKCS8_PEM;
    for (number, algorithm) in [Algorithm::RS256, Algorithm::RS384, Algorithm::RS512]
        .into_iter()
        .enumerate()
    {
        for kid in [None, Some("one")] {
            let jti = format!("r{number}{kid:?}");
            let assertion = by_key(&claims("signer", &jti), algorithm, key, kid);
            assert_eq!(present(&mut op, &assertion, &[]), 200);
            assert_eq!(present(&mut op, &assertion, &[]), 401, "it was used");
        }
    }
}

#[test]
fn the_same_id_is_good_for_two_clients_and_every_name_of_the_endpoint_is_an_audience() {
    let mut op = Op::new(world()).unwrap();
    let key = test_keys::THIRD_PKCS8_PEM;
    assert_eq!(
        present(&mut op, &by_mac(&claims("mac", "j"), Algorithm::HS256), &[]),
        200
    );
    assert_eq!(
        present(
            &mut op,
            &by_key(&claims("signer", "j"), Algorithm::RS256, key, None),
            &[]
        ),
        200
    );
    for (number, audience) in [json!(format!("{}/token", p1())), json!(["x", p1()])]
        .iter()
        .enumerate()
    {
        let mut claims = claims("mac", &number.to_string());
        claims["aud"] = audience.clone();
        assert_eq!(
            present(&mut op, &by_mac(&claims, Algorithm::HS256), &[]),
            200
        );
    }
}

#[test]
fn an_assertion_with_anything_wrong_is_refused() {
    let altered: &[fn(&mut Value)] = &[
        |claims| claims["iss"] = "signer".into(),
        |claims| claims["sub"] = "worker".into(),
        |claims| claims["aud"] = "https://auth.pingone.com/other/as".into(),
        |claims| claims["aud"] = json!([]),
        |claims| claims["exp"] = start().as_second().into(),
        |claims| claims["exp"] = (start().as_second() + 90_000).into(),
        |claims| claims["exp"] = "soon".into(),
        |claims| claims["nbf"] = (start().as_second() + 1).into(),
        |claims| claims["jti"] = Value::Null,
        |claims| claims["jti"] = "".into(),
    ];
    let mut op = Op::new(world()).unwrap();
    for (number, alter) in altered.iter().enumerate() {
        let mut claims = claims("mac", "j");
        alter(&mut claims);
        let status = present(&mut op, &by_mac(&claims, Algorithm::HS256), &[]);
        assert_eq!(status, 401, "case {number}");
    }
    let good = || by_mac(&claims("mac", "good"), Algorithm::HS256);
    let key = test_keys::THIRD_PKCS8_PEM;
    let signer = claims("signer", "j");
    for assertion in [
        by_key(&signer, Algorithm::RS256, test_keys::SECOND_PKCS8_PEM, None),
        by_key(&signer, Algorithm::RS256, key, Some("two")),
        by_key(&signer, Algorithm::PS256, key, None),
        by_mac(&signer, Algorithm::HS256),
        by_mac(&claims("worker", "j"), Algorithm::HS256),
        by_mac(&claims("nobody", "j"), Algorithm::HS256),
        good().trim_end_matches(|c| c != '.').to_owned(),
        "garbage".to_owned(),
    ] {
        assert_eq!(present(&mut op, &assertion, &[]), 401);
    }
    assert_eq!(present(&mut op, &good(), &[("client_id", "worker")]), 401);
    assert_eq!(present(&mut op, &good(), &[("client_secret", SECRET)]), 401);
    let untyped = [
        ("grant_type", "client_credentials"),
        ("client_assertion", &good()),
    ];
    assert_eq!(ask(&mut op, "token", &untyped).status, 401);
    assert_eq!(
        present(&mut op, &good(), &[]),
        401,
        "it was shown beside a secret before"
    );
    let plain = [
        ("grant_type", "client_credentials"),
        ("client_id", "mac"),
        ("client_secret", SECRET),
    ];
    assert_eq!(
        ask(&mut op, "token", &plain).status,
        401,
        "the secret itself is not its way"
    );
}

#[test]
fn what_authenticates_a_client_must_fit_its_keys_at_the_start() {
    type Change = fn(&mut Client);
    let cases: [(Change, &str); 4] = [
        (|client| client.jwks = None, "jwks"),
        (
            |client| {
                client.jwks = Some(json!({ "keys": [{ "kty": "RSA", "n": "AQAB", "e": "AQAB" }] }));
            },
            "jwks",
        ),
        (|client| client.secret = Some("x".to_owned()), "secret"),
        (
            |client| client.token_endpoint_auth = TokenEndpointAuth::None,
            "jwks",
        ),
    ];
    for (change, member) in cases {
        let mut config = world();
        let clients = &mut config.tenants[0].clients;
        change(
            clients
                .iter_mut()
                .find(|client| client.id == "signer")
                .unwrap(),
        );
        let error = Op::new(config).err().unwrap();
        assert!(error.at.ends_with(member), "{error}");
    }
}

#[test]
fn a_worker_gets_a_token_of_its_own_without_a_user() {
    let mut op = Op::new(world()).unwrap();
    let grant = ("grant_type", "client_credentials");
    let answer = basic(
        &mut op,
        "token",
        "worker",
        &[grant, ("scope", "p1:read:user")],
    );
    let answer = json_of(&answer);
    assert_eq!(
        (&answer["token_type"], &answer["scope"]),
        (&"Bearer".into(), &"p1:read:user".into())
    );
    assert!(answer["id_token"].is_null() && answer["refresh_token"].is_null());
    let access = answer["access_token"].as_str().unwrap();
    let claims = super::tokens::claims(access);
    assert_eq!(claims["client_id"], "worker");
    for absent in ["sub", "sid", "auth_time", "acr"] {
        assert!(claims[absent].is_null(), "{absent}");
    }
    assert_eq!(
        userinfo(&mut op, &p1(), access),
        401,
        "there is no user to tell about"
    );
    for (client, fields, error) in [
        ("worker", vec![grant, ("scope", "openid")], "invalid_scope"),
        ("rp", vec![grant], "unauthorized_client"),
        (
            "worker",
            vec![("grant_type", "authorization_code")],
            "unauthorized_client",
        ),
    ] {
        assert_eq!(
            json_of(&basic(&mut op, "token", client, &fields))["error"],
            error
        );
    }
    let mut config = world();
    config.tenants[0].clients[3]
        .grants
        .push(Grant::ClientCredentials);
    let mut op = Op::new(config).unwrap();
    let public = ask(&mut op, "token", &[grant, ("client_id", "spa")]);
    assert_eq!(json_of(&public)["error"], "unauthorized_client");
}

#[test]
fn introspection_tells_a_client_about_its_own_tokens_only() {
    let mut op = Op::new(world()).unwrap();
    let tokens = Browser::default().sign_on(&mut op, &p1(), "rp", ALICE);
    let refresh_token = tokens.refresh.clone().unwrap();
    let access = json_of(&basic(
        &mut op,
        "introspect",
        "rp",
        &[("token", &tokens.access)],
    ));
    assert_eq!(
        access,
        json!({
            "active": true, "client_id": "rp", "iss": p1(), "iat": start().as_second(),
            "exp": start().as_second() + 3600, "token_type": "Bearer",
            "scope": "openid profile email", "sub": "alice-id",
        })
    );
    let of_refresh = json_of(&basic(
        &mut op,
        "introspect",
        "rp",
        &[("token", &refresh_token)],
    ));
    assert_eq!(
        (&of_refresh["active"], &of_refresh["token_type"]),
        (&true.into(), &Value::Null)
    );
    let inactive = json!({ "active": false });
    for (client, token) in [
        ("other", &tokens.access),
        ("rp", &tokens.id),
        ("rp", &"x".to_owned()),
    ] {
        assert_eq!(
            json_of(&basic(&mut op, "introspect", client, &[("token", token)])),
            inactive
        );
    }
    op.control(Control::AdvanceClock { seconds: 3600 }, start())
        .unwrap();
    assert_eq!(
        json_of(&basic(
            &mut op,
            "introspect",
            "rp",
            &[("token", &tokens.access)]
        )),
        inactive
    );
    assert_eq!(basic(&mut op, "introspect", "rp", &[]).status, 400);
    assert_eq!(ask(&mut op, "introspect", &[("token", "x")]).status, 401);
}

#[test]
fn revocation_ends_a_refresh_token_but_neither_access_token_nor_session() {
    let mut op = Op::new(world()).unwrap();
    let mut browser = Browser::default();
    let tokens = browser.sign_on(&mut op, &p1(), "rp", ALICE);
    let refresh_token = tokens.refresh.unwrap();
    let revoke = |op: &mut Op, client: &str, token: &str| {
        basic(
            op,
            "revoke",
            client,
            &[("token", token), ("token_type_hint", "x")],
        )
        .status
    };
    assert_eq!(revoke(&mut op, "other", &refresh_token), 200);
    assert_eq!(refresh(&mut op, &p1(), "rp", &refresh_token), 200);
    assert_eq!(revoke(&mut op, "rp", &refresh_token), 200);
    assert_eq!(refresh(&mut op, &p1(), "rp", &refresh_token), 400);
    assert_eq!(revoke(&mut op, "rp", &tokens.access), 200);
    assert_eq!(userinfo(&mut op, &p1(), &tokens.access), 200);
    assert!(browser.is_signed_on(&mut op, &p1()));
    assert_eq!(ask(&mut op, "revoke", &[("token", "x")]).status, 401);
}

fn push(op: &mut Op, more: &[(&str, &str)]) -> Response {
    let mut fields = vec![
        ("response_type", "code"),
        ("redirect_uri", "https://rp.example/cb"),
        ("scope", "openid"),
        ("state", "pushed"),
    ];
    fields.retain(|(name, _)| more.iter().all(|(other, _)| other != name));
    fields.extend_from_slice(more);
    basic(op, "par", "rp", &fields)
}

fn refer(op: &mut Op, browser: &mut Browser, client: &str, reference: &str) -> String {
    let query = form(&[
        ("client_id", client),
        ("request_uri", reference),
        ("state", "sent"),
    ]);
    let answer = browser.get(op, &format!("{}/authorize?{query}", p1()));
    answer.header("Location").unwrap().to_owned()
}

#[test]
fn a_pushed_request_is_good_once_for_its_client_and_a_minute() {
    let mut op = Op::new(world()).unwrap();
    let mut browser = Browser::default();
    browser.sign_on(&mut op, &p1(), "rp", ALICE);
    let answer = push(&mut op, &[]);
    assert_eq!(
        (answer.status, &json_of(&answer)["expires_in"]),
        (201, &60.into())
    );
    let reference = json_of(&answer)["request_uri"].as_str().unwrap().to_owned();
    assert!(refer(&mut op, &mut browser, "other", &reference).contains("/signon/?error="));
    let location = refer(&mut op, &mut browser, "rp", &reference);
    assert!(location.contains("code="), "{location}");
    assert_eq!(parameter(&location, "state").as_deref(), Some("pushed"));
    assert!(refer(&mut op, &mut browser, "rp", &reference).contains("/signon/?error="));
    let late = json_of(&push(&mut op, &[]))["request_uri"]
        .as_str()
        .unwrap()
        .to_owned();
    op.control(Control::AdvanceClock { seconds: 60 }, start())
        .unwrap();
    assert!(refer(&mut op, &mut browser, "rp", &late).contains("/signon/?error="));
}

#[test]
fn what_would_be_refused_at_the_front_is_refused_when_it_is_pushed() {
    let mut op = Op::new(world()).unwrap();
    for (more, error) in [
        (("redirect_uri", "https://evil.example/"), "invalid_request"),
        (("response_type", "token"), "unsupported_response_type"),
        (("scope", "profile"), "invalid_scope"),
        (("request_uri", "urn:x"), "invalid_request"),
    ] {
        let answer = push(&mut op, &[more]);
        assert_eq!(
            (answer.status, &json_of(&answer)["error"]),
            (400, &error.into())
        );
    }
    assert_eq!(ask(&mut op, "par", &[("client_id", "rp")]).status, 401);
}

#[test]
fn an_application_that_must_push_cannot_do_otherwise() {
    let mut config = world();
    config.tenants[0].clients[0].pushed_requests_required = true;
    let mut op = Op::new(config).unwrap();
    let answer = Browser::default().get(&mut op, &authorize(&p1(), "rp", &[]));
    assert!(
        answer
            .header("Location")
            .unwrap()
            .contains("/signon/?error=")
    );
    let reference = json_of(&push(&mut op, &[]))["request_uri"]
        .as_str()
        .unwrap()
        .to_owned();
    let location = refer(&mut op, &mut Browser::default(), "rp", &reference);
    assert!(location.contains("/signon/?flowId="));
}

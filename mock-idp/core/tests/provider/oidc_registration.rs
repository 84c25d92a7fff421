//! Dynamic Client Registration 1.0 at the plain provider.

use mock_idp_core::{Config, Op, Registration, Request, Response};
use serde_json::{Value, json};

use super::browser::{ALICE, Browser, OP, attribute, form, oidc, start, text};

pub(crate) fn register(op: &mut Op, metadata: &Value) -> Response {
    register_with(op, metadata, None)
}

fn register_with(op: &mut Op, metadata: &Value, token: Option<&str>) -> Response {
    let mut request = Request::post_form(format!("{OP}/register"), metadata.to_string());
    request
        .headers
        .retain(|(name, _)| !name.eq_ignore_ascii_case("Content-Type"));
    request = request.with_header("Content-Type", "application/json");
    if let Some(token) = token {
        request = request.with_header("Authorization", format!("Bearer {token}"));
    }
    op.handle(&request, start())
}

fn body(response: &Response) -> Value {
    serde_json::from_slice(&response.body).unwrap()
}

fn usual() -> Value {
    json!({
        "redirect_uris": ["https://new.example/cb"],
        "post_logout_redirect_uris": ["https://new.example/out", "https://new.example/out?x=1"],
        "client_name": "New",
        "client_name#de": "Neu",
        "grant_types": ["authorization_code", "refresh_token"],
        "unheard_of": true,
    })
}

fn configured(registration: Registration) -> Op {
    let mut config: Config = oidc();
    config.tenants[0].registration = registration;
    Op::new(config).unwrap()
}

#[test]
fn what_is_registered_is_returned_as_it_was_sent_and_can_be_read_again() {
    let mut op = Op::new(oidc()).unwrap();
    let answer = register(&mut op, &usual());
    assert_eq!(answer.status, 201);
    assert_eq!(answer.header("Cache-Control"), Some("no-store"));
    let known = body(&answer);
    assert_eq!(
        known["post_logout_redirect_uris"],
        usual()["post_logout_redirect_uris"]
    );
    assert_eq!(known["redirect_uris"], usual()["redirect_uris"]);
    assert_eq!(known["client_name#de"], "Neu");
    assert_eq!(known["token_endpoint_auth_method"], "client_secret_basic");
    assert_eq!(known["client_secret_expires_at"], 0);
    assert!(known.get("unheard_of").is_none());
    let address = known["registration_client_uri"].as_str().unwrap();
    let token = known["registration_access_token"].as_str().unwrap();
    let read = |op: &mut Op, token: &str| {
        let request = Request::get(address).with_header("Authorization", format!("Bearer {token}"));
        op.handle(&request, start())
    };
    assert_eq!(body(&read(&mut op, token)), known);
    assert_eq!(read(&mut op, "another").status, 401);
    assert_eq!(op.handle(&Request::get(address), start()).status, 401);
    let unknown = Request::get(format!("{OP}/register/nobody"))
        .with_header("Authorization", format!("Bearer {token}"));
    assert_eq!(op.handle(&unknown, start()).status, 401);
}

#[test]
fn a_client_that_registered_itself_signs_people_on_and_off() {
    let mut op = Op::new(oidc()).unwrap();
    let known = body(&register(&mut op, &usual()));
    let id = known["client_id"].as_str().unwrap();
    let query = form(&[
        ("client_id", id),
        ("redirect_uri", "https://new.example/cb"),
        ("response_type", "code"),
        ("scope", "openid"),
    ]);
    let mut browser = Browser::default();
    let page = browser.get(&mut op, &format!("{OP}/authorize?{query}"));
    let fields = [
        ("transaction", attribute(&text(&page), "value")),
        ("username", ALICE.0.to_owned()),
        ("password", ALICE.1.to_owned()),
    ];
    let fields: Vec<_> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let answer = browser.post(&mut op, &format!("{OP}/sign-in"), &fields);
    let location = answer.header("Location").unwrap();
    assert!(
        location.starts_with("https://new.example/cb?code="),
        "{location}"
    );
    assert!(
        location.ends_with("&iss=https%3A%2F%2Fop.example"),
        "{location}"
    );
    let off = form(&[
        ("client_id", id),
        ("post_logout_redirect_uri", "https://new.example/out?x=1"),
    ]);
    let question = browser.get(&mut op, &format!("{OP}/end-session?{off}"));
    let left = browser.answer(&mut op, &question, "yes");
    assert_eq!(left.header("Location"), Some("https://new.example/out?x=1"));
}

#[test]
fn what_cannot_be_registered_is_refused_by_name() {
    let with = |name: &str, value: Value| {
        let mut metadata = usual();
        metadata[name] = value;
        metadata
    };
    let public = |uri: &str| {
        let mut metadata = with("post_logout_redirect_uris", json!([uri]));
        metadata["token_endpoint_auth_method"] = "none".into();
        metadata
    };
    let uri = "invalid_redirect_uri";
    let other = "invalid_client_metadata";
    for (metadata, error) in [
        (with("redirect_uris", json!([])), uri),
        (with("redirect_uris", json!("https://new.example/cb")), uri),
        (with("redirect_uris", json!(["/cb"])), uri),
        (
            with("redirect_uris", json!(["https://new.example/cb#x"])),
            uri,
        ),
        (with("redirect_uris", json!(["http://new.example/cb"])), uri),
        (with("redirect_uris", json!(["com.new.app:/cb"])), uri),
        (with("redirect_uris", json!(["javascript:alert(1)"])), uri),
        (
            with("redirect_uris", json!(["https://a@new.example/cb"])),
            uri,
        ),
        (
            with("post_logout_redirect_uris", json!(["javascript:alert(1)"])),
            other,
        ),
        (
            with("post_logout_redirect_uris", json!(["data:text/html,x"])),
            other,
        ),
        (
            with(
                "post_logout_redirect_uris",
                json!(["https://new.example/#x"]),
            ),
            other,
        ),
        (public("http://new.example/out"), other),
        (with("response_types", json!(["id_token"])), other),
        (with("grant_types", json!(["implicit"])), other),
        (with("grant_types", json!(["refresh_token"])), other),
        (
            with("token_endpoint_auth_method", json!("tls_client_auth")),
            other,
        ),
        (
            with("token_endpoint_auth_method", json!("private_key_jwt")),
            other,
        ),
        (with("id_token_signed_response_alg", json!("none")), other),
        (with("subject_type", json!("pairwise")), other),
        (with("jwks_uri", json!("https://new.example/jwks")), other),
        (with("client_name", json!(7)), other),
        (with("logo_uri", json!("javascript:alert(1)")), other),
        (with("application_type", json!("desktop")), other),
        (json!([]), other),
    ] {
        let mut op = Op::new(oidc()).unwrap();
        let answer = register(&mut op, &metadata);
        assert_eq!(answer.status, 400, "{metadata}");
        assert_eq!(body(&answer)["error"], error, "{metadata}");
    }
}

#[test]
fn native_applications_register_schemes_of_their_own_and_loopback() {
    for uri in [
        "com.new.app:/cb",
        "http://127.0.0.1/cb",
        "http://[::1]:8080/cb",
        "https://new.example/cb",
    ] {
        let mut op = Op::new(oidc()).unwrap();
        let metadata = json!({
            "application_type": "native",
            "token_endpoint_auth_method": "none",
            "redirect_uris": [uri],
            "post_logout_redirect_uris": ["com.new.app:/out"],
        });
        let answer = register(&mut op, &metadata);
        assert_eq!(answer.status, 201, "{uri}");
        assert!(body(&answer).get("client_secret").is_none());
    }
}

#[test]
fn registration_can_be_closed_or_want_an_initial_access_token() {
    let mut closed = configured(Registration::Closed);
    assert_eq!(register(&mut closed, &usual()).status, 404);
    let document = Request::get(format!("{OP}/.well-known/openid-configuration"));
    let metadata = body(&closed.handle(&document, start()));
    assert!(metadata.get("registration_endpoint").is_none());
    let mut guarded = configured(Registration::Token("first".into()));
    for (token, status) in [(None, 401), (Some("second"), 401), (Some("first"), 201)] {
        let answer = register_with(&mut guarded, &usual(), token);
        assert_eq!(answer.status, status, "{token:?}");
        assert_eq!(answer.header("WWW-Authenticate").is_some(), status == 401);
    }
}

#[test]
fn what_is_no_json_and_other_methods_are_refused() {
    let mut op = Op::new(oidc()).unwrap();
    let as_form = Request::post_form(format!("{OP}/register"), "redirect_uris=x".to_owned());
    let answer = op.handle(&as_form, start());
    assert_eq!(
        (answer.status, &body(&answer)["error"]),
        (400, &"invalid_client_metadata".into())
    );
    let read_all = op.handle(&Request::get(format!("{OP}/register")), start());
    assert_eq!(read_all.status, 405);
}

//! The workflow library's "simple login" and "sign-off user session", request by request.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mock_idp_core::{Op, Request, Response};
use serde_json::{Value, json};

use super::browser::{ALICE, BOB, Browser, ENV, authorize, form, p1, parameter, start};
use super::platform::{API, Worker, request, text, world};

fn json_of(response: &Response) -> Value {
    serde_json::from_slice(&response.body).unwrap()
}

/// Begins a flow, gives name and password to it, and tells the state it comes to, or the code of the error.
pub(crate) fn checks(op: &mut Op, mut browser: Browser, name: &str, password: &str) -> String {
    let flow = json_of(&browser.get(op, &authorize(&p1(), "rp", &[("response_mode", "pi.flow")])));
    let answer = check(
        op,
        &mut browser,
        &text(&flow["_links"]["self"]["href"]),
        name,
        password,
    );
    let answer = json_of(&answer);
    text(if answer["status"].is_string() {
        &answer["status"]
    } else {
        &answer["code"]
    })
}

fn check(op: &mut Op, browser: &mut Browser, flow: &str, name: &str, password: &str) -> Response {
    let kind = "application/vnd.pingidentity.usernamePassword.check+json";
    let mut request = Request::get(flow).with_header("Content-Type", kind);
    "POST".clone_into(&mut request.method);
    request.body = json!({ "username": name, "password": password })
        .to_string()
        .into_bytes();
    browser.send(op, request)
}

/// A browser call of the API: with the cookie, and with the bearer token.
fn own(
    worker: &mut Worker,
    browser: &mut Browser,
    token: &str,
    method: &str,
    body: Option<&Value>,
) -> Response {
    let path = format!("/environments/{ENV}/sessions/me");
    let request = request(method, &path, "application/json", body)
        .with_header("Authorization", format!("Bearer {token}"));
    browser.send(&mut worker.op, request)
}

#[test]
fn the_simple_login_makes_a_user_and_opens_a_session_that_can_be_read_and_terminated() {
    let mut worker = Worker::at(world());
    let application = json!({
        "name": "Simple login",
        "enabled": true,
        "type": "WEB_APP",
        "protocol": "OPENID_CONNECT",
        "grantTypes": ["AUTHORIZATION_CODE"],
        "responseTypes": ["CODE"],
        "redirectUris": ["https://example.com/cb"],
        "postLogoutRedirectUris": ["https://example.com/out"],
        "tokenEndpointAuthMethod": "CLIENT_SECRET_BASIC",
    });
    let client = text(&worker.call("POST", "/applications", &application, 201)["id"]);
    let secret = text(&worker.get(&format!("/applications/{client}/secret"))["secret"]);
    let population = worker.call("POST", "/populations", &json!({ "name": "Testers" }), 201);
    let person = json!({
        "email": "tess@example.com",
        "username": "tess",
        "name": { "given": "Tess", "family": "Ter" },
        "population": { "id": population["id"] },
    });
    let person = text(&worker.call("POST", "/users", &person, 201)["id"]);
    let path = format!("/environments/{ENV}/users/{person}/password");
    let set = "application/vnd.pingidentity.password.set+json";
    let body = json!({ "value": "2Federate!", "forceChange": false });
    assert_eq!(worker.send_as("PUT", &path, set, Some(&body)).status, 200);

    let mut browser = Browser::default();
    let query = form(&[
        ("response_type", "code"),
        ("response_mode", "pi.flow"),
        ("client_id", &client),
        ("redirect_uri", "https://example.com/cb"),
        ("scope", "openid"),
    ]);
    let flow = json_of(&browser.get(&mut worker.op, &format!("{}/authorize?{query}", p1())));
    assert_eq!(flow["status"], "USERNAME_PASSWORD_REQUIRED");
    let href = text(&flow["_links"]["usernamePassword.check"]["href"]);
    let done = json_of(&check(
        &mut worker.op,
        &mut browser,
        &href,
        "tess",
        "2Federate!",
    ));
    assert_eq!(done["status"], "COMPLETED");
    let resumed = json_of(&browser.get(&mut worker.op, &text(&done["resumeUrl"])));
    let fields = form(&[
        ("grant_type", "authorization_code"),
        ("code", &text(&resumed["authorizeResponse"]["code"])),
        ("redirect_uri", "https://example.com/cb"),
    ]);
    let credentials = STANDARD.encode(format!("{client}:{secret}"));
    let request = Request::post_form(format!("{}/token", p1()), fields)
        .with_header("Authorization", format!("Basic {credentials}"));
    let tokens = json_of(&worker.op.handle(&request, start()));

    let sessions = format!("/users/{person}/sessions");
    let listed = worker.get(&sessions);
    assert_eq!(listed["count"], 1);
    let session = &listed["_embedded"]["sessions"][0];
    assert_eq!(session["id"], done["session"]["id"]);
    let one = format!("{sessions}/{}", text(&session["id"]));
    assert_eq!(&worker.get(&one), session);

    let fields = form(&[
        ("id_token_hint", &text(&tokens["id_token"])),
        ("post_logout_redirect_uri", "https://example.com/out"),
    ]);
    let answer = browser.get(&mut worker.op, &format!("{}/signoff?{fields}", p1()));
    assert_eq!(answer.header("Location"), Some("https://example.com/out"));
    worker.call("GET", &one, &Value::Null, 404);
    assert_eq!(worker.get(&sessions)["count"], 0);
}

#[test]
fn a_session_that_is_deleted_by_the_api_is_over_for_all_its_applications() {
    let mut worker = Worker::at(world());
    let mut browser = Browser::default();
    let tokens = browser.sign_on(&mut worker.op, &p1(), "rp", ALICE);
    browser.sign_on(&mut worker.op, &p1(), "other", ALICE);
    let mut second = Browser::default();
    second.sign_on(&mut worker.op, &p1(), "rp", ALICE);
    let sid = text(&super::tokens::claims(&tokens.id)["sid"]);
    assert_eq!(worker.get("/users/alice-id/sessions")["count"], 2);
    let of_bob = format!("/users/bob-id/sessions/{sid}");
    worker.call("GET", &of_bob, &Value::Null, 404);
    worker.call("DELETE", &of_bob, &Value::Null, 404);
    assert!(browser.is_signed_on(&mut worker.op, &p1()));

    let path = format!("/users/alice-id/sessions/{sid}");
    assert_eq!(
        worker.get(&format!("/sessions/{sid}"))["user"]["id"],
        "alice-id"
    );
    worker.call("DELETE", &path, &Value::Null, 204);
    for gone in [path.as_str(), &format!("/sessions/{sid}")] {
        worker.call("GET", gone, &Value::Null, 404);
    }
    for client in ["rp", "other"] {
        let answer = browser.get(
            &mut worker.op,
            &authorize(&p1(), client, &[("prompt", "none")]),
        );
        let error = parameter(answer.header("Location").unwrap(), "error");
        assert_eq!(error.as_deref(), Some("login_required"));
    }
    assert_eq!(
        super::browser::userinfo(&mut worker.op, &p1(), &tokens.access),
        401
    );
    assert!(second.is_signed_on(&mut worker.op, &p1()));
}

#[test]
fn the_own_session_needs_both_the_cookie_and_a_token() {
    let mut worker = Worker::at(world());
    let mut browser = Browser::default();
    let tokens = browser.sign_on(&mut worker.op, &p1(), "rp", ALICE);
    let by_worker = worker.token.clone();
    for token in [&tokens.access, &by_worker] {
        let answer = own(&mut worker, &mut browser, token, "GET", None);
        assert_eq!(json_of(&answer)["user"]["id"], "alice-id");
    }
    let stranger = &mut Browser::default();
    assert_eq!(
        own(&mut worker, stranger, &tokens.access, "GET", None).status,
        404
    );
    assert_eq!(own(&mut worker, &mut browser, "x", "GET", None).status, 401);

    let body = json!({ "userAgent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", "activeAt": "2026-11-01T13:00:00Z" });
    let answer = json_of(&own(
        &mut worker,
        &mut browser,
        &tokens.access,
        "PUT",
        Some(&body),
    ));
    assert_eq!(answer["browser"]["name"], "Firefox");
    assert_eq!(answer["operatingSystem"]["name"], "Linux");
    assert_eq!(answer["activeAt"], "2026-11-01T13:00:00Z");
    let foreign = json!({ "user": { "id": "bob-id" } });
    assert_eq!(
        own(
            &mut worker,
            &mut browser,
            &tokens.access,
            "PUT",
            Some(&foreign)
        )
        .status,
        400
    );

    assert_eq!(
        own(&mut worker, &mut browser, &by_worker, "DELETE", None).status,
        204
    );
    assert_eq!(
        own(&mut worker, &mut browser, &by_worker, "GET", None).status,
        404
    );
    assert!(!browser.is_signed_on(&mut worker.op, &p1()));
}

#[test]
fn a_person_of_another_environment_learns_nothing() {
    let mut worker = Worker::at(world());
    let elsewhere = format!("https://auth.pingone.com/{}/as", super::browser::OTHER_ENV);
    let tokens = Browser::default().sign_on(&mut worker.op, &elsewhere, "rp", BOB);
    let mut browser = Browser::default();
    browser.sign_on(&mut worker.op, &p1(), "rp", ALICE);
    let answer = own(&mut worker, &mut browser, &tokens.access, "GET", None);
    assert_eq!(answer.status, 403);
}

#[test]
fn a_session_made_by_the_api_can_be_continued_with_its_token() {
    let mut worker = Worker::at(world());
    let content = json!({
        "user": { "id": "bob-id" },
        "token": "3e0967f4-0000-4000-8000-000000000001",
        "userAgent": "curl/8.0",
        "idleTimeoutInMinutes": 30,
        "lastSignOn": { "authenticators": ["pwd"], "remoteIp": "192.0.2.1" },
    });
    let made = worker.call("POST", "/sessions", &content, 201);
    assert_eq!(
        (&made["user"]["id"], &made["browser"]["name"]),
        (&"bob-id".into(), &"curl".into())
    );
    let mut browser = Browser::default();
    browser.jar.insert("ST".to_owned(), text(&content["token"]));
    assert!(browser.is_signed_on(&mut worker.op, &p1()));
    worker.call("POST", "/sessions", &content, 400);
    for bad in [
        json!({}),
        json!({ "user": { "id": "nobody" } }),
        json!({ "user": { "id": "bob-id" }, "token": "a;b" }),
    ] {
        worker.call("POST", "/sessions", &bad, 400);
    }
    assert_eq!(worker.get("/users/bob-id/sessions")["count"], 1);
}

#[test]
fn an_idle_session_is_listed_until_it_is_one_too_many() {
    let mut config = world();
    config.tenants[0].lifetimes.session_idle = 60;
    let mut worker = Worker::at(config);
    let mut browser = Browser::default();
    browser.sign_on(&mut worker.op, &p1(), "rp", ALICE);
    let command = mock_idp_core::Control::AdvanceClock { seconds: 120 };
    worker.op.control(command, start()).unwrap();
    assert!(!browser.is_signed_on(&mut worker.op, &p1()));
    assert_eq!(worker.get("/users/alice-id/sessions")["count"], 1);
    for _ in 0..11 {
        Browser::default().sign_on(&mut worker.op, &p1(), "rp", ALICE);
    }
    let listed = worker.get("/users/alice-id/sessions");
    assert_eq!(listed["count"], 10);
    assert!(text(&listed["_links"]["self"]["href"]).starts_with(API));
}

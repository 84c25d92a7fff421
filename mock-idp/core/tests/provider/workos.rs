//! WorkOS: single sign-on through another tenant, Single Logout, and `AuthKit`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use mock_idp_core::{
    Client, Config, Connection, ConnectionKind, Control, Event, Op, Request, Response, Tenant,
    Upstream, User, WorkOs,
};
use serde_json::{Value, json};

use super::browser::{Browser, start};

const BASE: &str = "https://auth.workos.com/w";
const IDP: &str = "https://auth.workos.com/idp";
const KEY: &str = "sk_test_one";

fn config() -> Config {
    let mut product = Tenant::workos("w", BASE);
    product.clients =
        vec![Client::confidential("client_1", KEY).with_redirect_uri("https://rp.example/cb")];
    product.users = vec![User::new("user_alice", "alice", "wonder")];
    product.workos = WorkOs {
        connections: vec![Connection {
            id: "conn_1".into(),
            organization: "org_1".into(),
            kind: ConnectionKind::GenericOidc,
            single_logout: true,
            upstream: Some(Upstream {
                issuer: IDP.into(),
                client_id: "workos".into(),
                client_secret: "between-us".into(),
            }),
            external_key: "k".into(),
            application_logout: Some("https://rp.example/logged-out".into()),
        }],
        sign_out_redirects: vec!["https://*.rp.example/out".into()],
        default_sign_out_redirect: Some("https://rp.example/".into()),
        ..WorkOs::default()
    };
    let mut idp = Tenant::oidc("idp", IDP);
    idp.clients = vec![
        Client::confidential("workos", "between-us")
            .with_redirect_uri(format!("{BASE}/sso/oidc/k/callback")),
    ];
    idp.users = vec![User::new("alice-id", "alice", "wonder")];
    Config::new(7, vec![product, idp])
}

fn op() -> Op {
    Op::new(config()).unwrap()
}

fn body(response: &Response) -> Value {
    serde_json::from_slice(&response.body).unwrap()
}

fn value_after<'a>(text: &'a str, mark: &str) -> &'a str {
    let rest = text.split(mark).nth(1).unwrap();
    rest.split(['"', '&']).next().unwrap()
}

fn location(response: &Response) -> String {
    response.header("Location").unwrap().to_owned()
}

fn call(path: &str, key: Option<&str>, content: &Value) -> Request {
    let mut request =
        Request::get(format!("{BASE}{path}")).with_header("Content-Type", "application/json");
    request.method = "POST".into();
    request.body = content.to_string().into_bytes();
    match key {
        Some(key) => request.with_header("Authorization", format!("Bearer {key}")),
        None => request,
    }
}

/// Signs on through the identity provider; the profile as the application gets it.
fn profile(op: &mut Op, browser: &mut Browser) -> Value {
    let there = format!(
        "{BASE}/sso/authorize?client_id=client_1&response_type=code&connection=conn_1&state=s&redirect_uri=https%3A%2F%2Frp.example%2Fcb"
    );
    let asked = location(&browser.get(op, &there));
    assert!(asked.starts_with(&format!("{IDP}/authorize?")), "{asked}");
    let form = browser.get(op, &asked);
    let form = String::from_utf8(form.body).unwrap();
    let transaction = value_after(&form, "name=\"transaction\" value=\"").to_owned();
    let fields = [
        ("transaction", transaction.as_str()),
        ("username", "alice"),
        ("password", "wonder"),
    ];
    let back = location(&browser.post(op, &format!("{IDP}/sign-in"), &fields));
    let home = location(&browser.get(op, &back));
    assert!(home.starts_with("https://rp.example/cb?code="), "{home}");
    assert!(home.ends_with("&state=s"), "{home}");
    let content = json!({
        "client_id": "client_1", "client_secret": KEY, "grant_type": "authorization_code",
        "code": value_after(&home, "code="),
    });
    let answer = op.handle(&call("/sso/token", None, &content), start());
    assert_eq!(answer.status, 200);
    let again = op.handle(&call("/sso/token", None, &content), start());
    assert_eq!(body(&again)["error"], "invalid_grant");
    body(&answer)
}

#[test]
fn a_profile_has_what_the_identity_provider_says_and_is_the_same_every_time() {
    let mut op = op();
    let first = profile(&mut op, &mut Browser::default());
    assert_eq!(first["profile"]["email"], "alice@example.com");
    assert_eq!(first["profile"]["idp_id"], "alice-id");
    assert_eq!(first["profile"]["connection_type"], "GenericOIDC");
    let second = profile(&mut op, &mut Browser::default());
    assert_eq!(first["profile"], second["profile"]);
    let bearer = format!("Bearer {}", first["access_token"].as_str().unwrap());
    let request = Request::get(format!("{BASE}/sso/profile")).with_header("Authorization", bearer);
    assert_eq!(body(&op.handle(&request, start())), first["profile"]);
    let without = op.handle(&Request::get(format!("{BASE}/sso/profile")), start());
    assert_eq!(without.status, 401);
}

#[test]
fn a_sign_off_revokes_the_tokens_and_leads_to_the_identity_provider_with_its_own_hint() {
    let mut op = op();
    let mut browser = Browser::default();
    let signed_on = profile(&mut op, &mut browser);
    let content = json!({ "profile_id": signed_on["profile"]["id"] });
    let answer = op.handle(&call("/sso/logout/authorize", Some(KEY), &content), start());
    let url = body(&answer)["logout_url"].as_str().unwrap().to_owned();
    let there = location(&browser.get(&mut op, &url));
    assert!(
        there.starts_with(&format!("{IDP}/end-session?id_token_hint=ey")),
        "{there}"
    );
    let purposes: Vec<&str> = op
        .journal()
        .filter_map(|entry| match &entry.event {
            Event::Outgoing {
                purpose,
                status: Some(200),
                ..
            } => Some(*purpose),
            _ => None,
        })
        .collect();
    assert_eq!(
        purposes.last(),
        Some(&"revocation at the identity provider")
    );
}

#[test]
fn an_identity_provider_that_cannot_be_asked_is_told_and_nobody_is_sent_away() {
    let mut config = config();
    config.tenants.pop();
    let mut op = Op::new(config).unwrap();
    let there = format!(
        "{BASE}/sso/authorize?client_id=client_1&response_type=code&connection=conn_1&redirect_uri=https%3A%2F%2Frp.example%2Fcb"
    );
    let answer = op.handle(&Request::get(there), start());
    assert!(location(&answer).starts_with("https://rp.example/cb?error=server_error"));
}

#[test]
fn a_token_is_forgotten_with_everything_else() {
    let mut op = op();
    let signed_on = profile(&mut op, &mut Browser::default());
    op.control(Control::Reset {}, start()).unwrap();
    let content = json!({ "profile_id": signed_on["profile"]["id"] });
    let answer = op.handle(&call("/sso/logout/authorize", Some(KEY), &content), start());
    assert_eq!(answer.status, 404);
}

/// Signs on at the product itself; the id of the session.
fn session(op: &mut Op, browser: &mut Browser) -> String {
    let there = format!(
        "{BASE}/user_management/authorize?client_id=client_1&response_type=code&provider=authkit&redirect_uri=https%3A%2F%2Frp.example%2Fcb"
    );
    let form = String::from_utf8(browser.get(op, &there).body).unwrap();
    let transaction = value_after(&form, "name=\"transaction\" value=\"").to_owned();
    let fields = [
        ("transaction", transaction.as_str()),
        ("username", "alice"),
        ("password", "wonder"),
    ];
    let home = location(&browser.post(op, &format!("{BASE}/sign-in"), &fields));
    let content = json!({
        "client_id": "client_1", "client_secret": KEY, "grant_type": "authorization_code",
        "code": value_after(&home, "code="),
    });
    let answer = op.handle(
        &call("/user_management/authenticate", None, &content),
        start(),
    );
    let answer = body(&answer);
    assert_eq!(answer["user"]["id"], "user_alice");
    let token = answer["access_token"].as_str().unwrap().to_owned();
    let claims = URL_SAFE_NO_PAD
        .decode(token.split('.').nth(1).unwrap())
        .unwrap();
    let claims: Value = serde_json::from_slice(&claims).unwrap();
    claims["sid"].as_str().unwrap().to_owned()
}

#[test]
fn authkit_ends_a_session_by_its_id_and_sends_the_browser_only_where_it_may_go() {
    for (asked, landing) in [
        ("", "https://rp.example/"),
        (
            "&return_to=https%3A%2F%2Fa.rp.example%2Fout",
            "https://a.rp.example/out",
        ),
        (
            "&return_to=https%3A%2F%2Fevil.test%2Fout",
            "https://rp.example/",
        ),
    ] {
        let mut op = op();
        let mut browser = Browser::default();
        let session = session(&mut op, &mut browser);
        let url = format!("{BASE}/user_management/sessions/logout?session_id={session}{asked}");
        assert_eq!(location(&browser.get(&mut op, &url)), landing);
        let ended = op
            .journal()
            .any(|entry| matches!(entry.event, Event::SessionEnded { .. }));
        assert!(ended);
    }
    let bare = Request::get(format!("{BASE}/user_management/sessions/logout"));
    assert_eq!(op().handle(&bare, start()).status, 422);
}

#[test]
fn a_session_can_be_revoked_with_the_api_key_alone() {
    let mut op = op();
    let session = session(&mut op, &mut Browser::default());
    let content = json!({ "session_id": session });
    let path = "/user_management/sessions/revoke";
    assert_eq!(op.handle(&call(path, None, &content), start()).status, 401);
    assert_eq!(
        op.handle(&call(path, Some(KEY), &content), start()).status,
        200
    );
    let unknown = json!({ "session_id": "session_x" });
    assert_eq!(
        op.handle(&call(path, Some(KEY), &unknown), start()).status,
        400
    );
}

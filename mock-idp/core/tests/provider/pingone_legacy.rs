//! The older guide's sign-off: a required hint, anybody's redirect URIs, and a call to flow orchestration.

use mock_idp_core::{Config, Edition, Event, Op, Request};

use super::browser::{ALICE, Browser, ENV, OTHER_OUT, OUT, Tokens, form, p1, pingone, start};

const PAST: &str = "Thu, 01 Jan 1970 00:00:00 GMT";

fn legacy() -> Config {
    let mut config = pingone();
    config.tenants[0].edition = Edition::Legacy;
    config
}

fn signed_on(config: Config) -> (Op, Browser, Tokens) {
    let mut op = Op::new(config).unwrap();
    let mut browser = Browser::default();
    let tokens = browser.sign_on(&mut op, &p1(), "rp", ALICE);
    (op, browser, tokens)
}

fn sign_off(
    op: &mut Op,
    browser: &mut Browser,
    fields: &[(&str, &str)],
) -> mock_idp_core::Response {
    browser.get(op, &format!("{}/signoff?{}", p1(), form(fields)))
}

fn expired() -> String {
    format!("ST=; Path=/{ENV}; Secure; HttpOnly; expires={PAST}")
}

fn calls(op: &Op) -> Vec<Event> {
    let events = op.journal().map(|entry| entry.event.clone());
    events
        .filter(|event| matches!(event, Event::InternalCall { .. }))
        .collect()
}

#[test]
fn a_good_request_calls_flow_orchestration_before_the_session_ends_and_passes_its_cookie_on() {
    let (mut op, mut browser, tokens) = signed_on(legacy());
    let fields = [
        ("id_token_hint", tokens.id.as_str()),
        ("post_logout_redirect_uri", OUT),
        ("state", "a b"),
    ];
    let cookie = browser.jar["ST"].clone();
    let answer = sign_off(&mut op, &mut browser, &fields);
    assert_eq!(
        (answer.status, answer.header("Location")),
        (302, Some("https://rp.example/out?from=op&state=a+b"))
    );
    assert_eq!(answer.header("Set-Cookie"), Some(expired().as_str()));
    assert_eq!(
        calls(&op),
        [Event::InternalCall {
            method: "DELETE",
            endpoint: "/session",
            cookie: Some("ST=(masked)"),
            status: 204,
            set_cookie: expired(),
        }]
    );
    let order: Vec<_> = op
        .journal()
        .filter_map(|entry| match &entry.event {
            Event::InternalCall { .. } => Some("call"),
            Event::SessionEnded { .. } => Some("ended"),
            Event::Request {
                endpoint: "/as/signoff",
                ..
            } => Some("answered"),
            _ => None,
        })
        .collect();
    assert_eq!(order, ["call", "ended", "answered"]);
    assert!(
        op.journal()
            .all(|entry| !format!("{entry:?}").contains(&cookie))
    );
    assert!(!browser.is_signed_on(&mut op, &p1()));
}

#[test]
fn a_refused_request_calls_nobody() {
    let (mut op, mut browser, tokens) = signed_on(legacy());
    let refused: &[&[(&str, &str)]] = &[
        &[],
        &[("post_logout_redirect_uri", OUT)],
        &[("id_token_hint", "garbage")],
        &[
            ("id_token_hint", &tokens.id),
            ("post_logout_redirect_uri", "https://evil.example/"),
        ],
    ];
    for fields in refused {
        let answer = sign_off(&mut op, &mut browser, fields);
        assert!(
            answer
                .header("Location")
                .unwrap()
                .contains("/signon/?error=")
        );
    }
    assert_eq!(calls(&op), []);
    assert!(browser.is_signed_on(&mut op, &p1()));
}

#[test]
fn a_uri_of_any_application_of_the_environment_counts() {
    for uri in [OTHER_OUT, "https://off.example/out"] {
        let (mut op, mut browser, tokens) = signed_on(legacy());
        let fields = [
            ("id_token_hint", tokens.id.as_str()),
            ("post_logout_redirect_uri", uri),
        ];
        let answer = sign_off(&mut op, &mut browser, &fields);
        assert_eq!(answer.header("Location"), Some(uri));
    }
}

#[test]
fn without_a_redirect_uri_it_ends_at_signed_out_or_at_the_applications_own_pages() {
    let hosted = format!("https://apps.pingone.com/{ENV}/signon/#signedOut");
    let own = format!("https://rp.example/login?theme=dark&environmentId={ENV}");
    for (login_page_url, expected) in [
        (None, hosted),
        (Some("https://rp.example/login?theme=dark".to_owned()), own),
    ] {
        let (_, mut browser, tokens) = signed_on(legacy());
        // The same provider with pages of the application's own: the hint is as good there.
        let mut config = legacy();
        config.tenants[0].clients[0].login_page_url = login_page_url;
        let mut op = Op::new(config).unwrap();
        // An empty redirect URI, as in the sample request of the guide, is none.
        let fields = [
            ("id_token_hint", tokens.id.as_str()),
            ("post_logout_redirect_uri", ""),
        ];
        let answer = sign_off(&mut op, &mut browser, &fields);
        assert_eq!(answer.header("Location"), Some(expected.as_str()));
    }
}

#[test]
fn flow_orchestration_itself_ends_the_session_of_the_cookie() {
    let (mut op, mut browser, _) = signed_on(legacy());
    let mut other = Browser::default();
    other.sign_on(&mut op, &p1(), "rp", ALICE);
    let session = format!("https://auth.pingone.com/{ENV}/session");
    let mut request = Request::get(&session);
    assert_eq!(op.handle(&request, start()).status, 405);
    "DELETE".clone_into(&mut request.method);
    let saved = browser.clone();
    let answer = browser.send(&mut op, request.clone());
    assert_eq!((answer.status, answer.body.len()), (204, 0));
    assert_eq!(answer.all("Set-Cookie").collect::<Vec<_>>(), [expired()]);
    assert!(!saved.clone().is_signed_on(&mut op, &p1()));
    assert!(other.is_signed_on(&mut op, &p1()));
    let mut current = Op::new(pingone()).unwrap();
    assert_eq!(current.handle(&request, start()).status, 404);
}

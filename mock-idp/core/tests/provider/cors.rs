//! Which pages of other origins may read an answer, and what a browser is told that asks beforehand.

use mock_idp_core::{Config, Op, Request, Response};

use super::browser::{ALICE, Browser, ENV, authorize, oidc, p1, pingone};

const PAGE: &str = "https://spa.example";

fn trusting(origins: &[&str]) -> Config {
    let mut config = pingone();
    let clients = &mut config.tenants[0].clients;
    let spa = clients.iter_mut().find(|client| client.id == "rp").unwrap();
    spa.cors_origins = origins.iter().map(|origin| (*origin).to_owned()).collect();
    config
}

fn asked_by(page: &str, target: String) -> Request {
    Request::get(target).with_header("Origin", page)
}

fn preflight(target: String) -> Request {
    let mut request = asked_by(PAGE, target)
        .with_header("Access-Control-Request-Method", "POST")
        .with_header("Access-Control-Request-Headers", "authorization");
    "OPTIONS".clone_into(&mut request.method);
    request
}

fn reader(response: &Response) -> Option<(&str, bool)> {
    let origin = response.header("Access-Control-Allow-Origin")?;
    let cookies = response.header("Access-Control-Allow-Credentials") == Some("true");
    Some((origin, cookies))
}

fn env(path: &str) -> String {
    format!("https://auth.pingone.com/{ENV}{path}")
}

#[test]
fn every_page_reads_what_needs_no_cookie() {
    let mut op = Op::new(pingone()).unwrap();
    let mut browser = Browser::default();
    for path in [
        "/as/.well-known/openid-configuration",
        "/as/jwks",
        "/as/token",
        "/as/userinfo",
        "/as/revoke",
        "/as/idpSignoff",
    ] {
        let answer = browser.send(&mut op, asked_by(PAGE, env(path)));
        assert_eq!(reader(&answer), Some((PAGE, true)), "{path}");
        assert_eq!(answer.header("Vary"), Some("Origin"), "{path}");
    }
}

#[test]
fn a_request_of_no_page_is_answered_without_a_word_about_pages() {
    let mut op = Op::new(trusting(&[PAGE])).unwrap();
    let mut browser = Browser::default();
    for request in [
        Request::get(env("/as/jwks")),
        asked_by("null", env("/as/jwks")),
    ] {
        let answer = browser.send(&mut op, request);
        assert_eq!(reader(&answer), None);
        assert_eq!(answer.header("Vary"), None);
    }
}

#[test]
fn what_goes_by_the_cookie_is_read_by_the_pages_of_the_application_only() {
    let flow = authorize(&p1(), "rp", &[("response_mode", "pi.flow")]);
    let others = authorize(&p1(), "other", &[("response_mode", "pi.flow")]);
    for (trusted, target, expected) in [
        (&[][..], &flow, None),
        (&[PAGE][..], &flow, Some((PAGE, true))),
        (&["https://*.example"][..], &flow, Some((PAGE, true))),
        (&["https://elsewhere.example"][..], &flow, None),
        (&[PAGE][..], &others, None),
    ] {
        let mut op = Op::new(trusting(trusted)).unwrap();
        let answer = Browser::default().send(&mut op, asked_by(PAGE, target.clone()));
        assert_eq!(answer.status, 200);
        assert_eq!(reader(&answer), expected, "{trusted:?} {target}");
    }
}

#[test]
fn the_hosted_pages_are_read_by_nobody() {
    let mut op = Op::new(trusting(&[PAGE])).unwrap();
    for path in ["/signon/", "/as/checksession"] {
        let answer = Browser::default().send(&mut op, asked_by(PAGE, env(path)));
        assert_eq!(reader(&answer), None, "{path}");
        let answer = Browser::default().send(&mut op, preflight(env(path)));
        assert_eq!((answer.status, reader(&answer)), (405, None), "{path}");
    }
}

#[test]
fn a_sign_off_is_read_by_the_pages_of_the_hinted_application() {
    for (client, expected) in [("rp", Some((PAGE, true))), ("other", None)] {
        let mut op = Op::new(trusting(&[PAGE])).unwrap();
        let mut browser = Browser::default();
        let hint = browser.sign_on(&mut op, &p1(), client, ALICE).id;
        let target = env(&format!("/as/signoff?id_token_hint={hint}"));
        let answer = browser.send(&mut op, asked_by(PAGE, target));
        assert_eq!(answer.status, 302);
        assert_eq!(reader(&answer), expected, "{client}");
    }
}

#[test]
fn a_browser_that_asks_beforehand_is_told_methods_and_fields() {
    let mut op = Op::new(pingone()).unwrap();
    for path in ["/as/token", "/as/userinfo", "/as/authorize", "/as/resume"] {
        let answer = Browser::default().send(&mut op, preflight(env(path)));
        assert_eq!(answer.status, 204, "{path}");
        assert_eq!(reader(&answer), Some((PAGE, true)), "{path}");
        assert_eq!(
            answer.header("Access-Control-Allow-Headers"),
            Some("authorization")
        );
        assert!(answer.header("Access-Control-Allow-Methods").is_some());
    }
}

#[test]
fn the_product_s_sdk_posts_with_the_parameters_in_the_address() {
    let mut op = Op::new(trusting(&[PAGE])).unwrap();
    let target = authorize(
        &p1(),
        "rp",
        &[("response_mode", "pi.flow"), ("prompt", "none")],
    );
    let mut request = asked_by(PAGE, target).with_header("Accept", "application/json");
    "POST".clone_into(&mut request.method);
    let answer = Browser::default().send(&mut op, request);
    assert_eq!(answer.status, 400);
    assert_eq!(reader(&answer), Some((PAGE, true)));
    let body = String::from_utf8(answer.body).unwrap();
    assert!(body.contains("\"LOGIN_REQUIRED\""), "{body}");
}

#[test]
fn every_page_may_use_the_platform_api_without_cookies() {
    let mut op = Op::new(pingone()).unwrap();
    let path = format!("https://api.pingone.com/v1/environments/{ENV}/applications");
    let answer = Browser::default().send(&mut op, asked_by(PAGE, path.clone()));
    assert_eq!((answer.status, reader(&answer)), (401, Some(("*", false))));
    let answer = Browser::default().send(&mut op, preflight(path));
    assert_eq!((answer.status, reader(&answer)), (204, Some(("*", false))));
    assert_eq!(
        answer.header("Access-Control-Allow-Methods"),
        Some("GET, POST")
    );
}

#[test]
fn the_plain_provider_is_read_without_cookies_and_never_where_people_go() {
    let mut op = Op::new(oidc()).unwrap();
    let op_url = |path: &str| format!("https://op.example{path}");
    for path in [
        "/.well-known/openid-configuration",
        "/jwks",
        "/token",
        "/userinfo",
    ] {
        let answer = Browser::default().send(&mut op, asked_by(PAGE, op_url(path)));
        assert_eq!(reader(&answer), Some(("*", false)), "{path}");
        let answer = Browser::default().send(&mut op, preflight(op_url(path)));
        assert_eq!((answer.status, reader(&answer)), (204, Some(("*", false))));
    }
    for path in ["/authorize", "/end-session", "/sign-in", "/signed-out"] {
        let answer = Browser::default().send(&mut op, asked_by(PAGE, op_url(path)));
        assert_eq!(reader(&answer), None, "{path}");
        let answer = Browser::default().send(&mut op, preflight(op_url(path)));
        assert_eq!((answer.status, reader(&answer)), (405, None), "{path}");
    }
}

//! The hosted pages, an application's own pages, and the frame of the session check.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mock_idp_core::{Config, Op, PasswordStatus, Request};
use sha2::{Digest, Sha256};

use super::browser::{
    ALICE, BOB, Browser, ENV, attribute, authorize, form, p1, parameter, pingone, redeem, start,
    text,
};

/// The hosted page of a sign-on that has begun: its form's address, and the flow.
fn begun(op: &mut Op, browser: &mut Browser, more: &[(&str, &str)]) -> (String, String, String) {
    let location = browser.get(op, &authorize(&p1(), "rp", more));
    let location = location.header("Location").unwrap().to_owned();
    let page = text(&browser.get(op, &location));
    (attribute(&page, "action"), attribute(&page, "value"), page)
}

#[test]
fn people_may_choose_a_user_by_one_click() {
    let mut op = Op::new(pingone()).unwrap();
    let mut browser = Browser::default();
    let (action, flow, page) = begun(&mut op, &mut browser, &[]);
    assert!(
        page.contains("<button name=\"user\" value=\"bob-id\">bob</button>"),
        "{page}"
    );
    let answer = browser.post(&mut op, &action, &[("flowId", &flow), ("user", "bob-id")]);
    let resumed = browser.get(&mut op, answer.header("Location").unwrap());
    let code = parameter(resumed.header("Location").unwrap(), "code").unwrap();
    let tokens = redeem(&mut op, &p1(), "rp", &code);
    assert_eq!(super::tokens::claims(&tokens.id)["sub"], "bob-id");
}

#[test]
fn nobody_is_signed_on_by_a_click_that_is_not_offered() {
    let mut config = pingone();
    config.tenants[0].users[1].enabled = false;
    let mut op = Op::new(config.clone()).unwrap();
    let mut browser = Browser::default();
    let (action, flow, page) = begun(&mut op, &mut browser, &[]);
    assert!(!page.contains("bob"), "{page}");
    for user in ["bob-id", "nobody"] {
        let answer = browser.post(&mut op, &action, &[("flowId", &flow), ("user", user)]);
        assert_eq!(answer.status, 200);
    }
    let stranger =
        Browser::default().post(&mut op, &action, &[("flowId", &flow), ("user", "alice-id")]);
    assert_eq!(stranger.status, 400);
    assert!(!browser.is_signed_on(&mut op, &p1()));

    config.tenants[0].sign_on.users_offered = false;
    let mut op = Op::new(config).unwrap();
    let (action, flow, page) = begun(&mut op, &mut browser, &[]);
    assert!(!page.contains("name=\"user\""), "{page}");
    browser.post(&mut op, &action, &[("flowId", &flow), ("user", "alice-id")]);
    assert!(!browser.is_signed_on(&mut op, &p1()));
}

#[test]
fn going_back_tells_the_application_that_nobody_signed_on() {
    let mut op = Op::new(pingone()).unwrap();
    let mut browser = Browser::default();
    let (action, flow, _) = begun(&mut op, &mut browser, &[]);
    let fields = [("flowId", flow.as_str()), ("deny", "true")];
    let answer = browser.post(&mut op, &action, &fields);
    let location = answer.header("Location").unwrap();
    assert!(
        location.starts_with("https://rp.example/cb?error=access_denied&"),
        "{location}"
    );
    assert_eq!(parameter(location, "state").as_deref(), Some("s1"));
    assert_eq!(
        browser.post(&mut op, &action, &fields).status,
        400,
        "the flow is over"
    );
}

#[test]
fn the_page_asks_for_another_password_where_one_must_be_chosen() {
    let mut config = pingone();
    config.tenants[0].users[0].password_status = PasswordStatus::MustChangePassword;
    for by_click in [false, true] {
        let mut op = Op::new(config.clone()).unwrap();
        let mut browser = Browser::default();
        let (action, flow, _) = begun(&mut op, &mut browser, &[]);
        let id = ("flowId", flow.as_str());
        let page = if by_click {
            browser.post(&mut op, &action, &[id, ("user", "alice-id")])
        } else {
            browser.post(
                &mut op,
                &action,
                &[id, ("username", "alice"), ("password", "wonder")],
            )
        };
        assert!(text(&page).contains("name=\"newPassword\""));
        let wrong = [id, ("currentPassword", "x"), ("newPassword", "fresh-1")];
        assert!(text(&browser.post(&mut op, &action, &wrong)).contains("role=\"alert\""));
        let right = [
            id,
            ("currentPassword", "wonder"),
            ("newPassword", "fresh-1"),
        ];
        assert_eq!(browser.post(&mut op, &action, &right).status, 302);
        assert!(browser.is_signed_on(&mut op, &p1()));
        let mut again = Browser::default();
        again.sign_on(&mut op, &p1(), "rp", ("alice", "fresh-1"));
    }
}

#[test]
fn a_locked_out_person_reads_that_they_are() {
    let mut op = Op::new(pingone()).unwrap();
    let mut browser = Browser::default();
    let (action, flow, _) = begun(&mut op, &mut browser, &[]);
    let fields = [
        ("flowId", flow.as_str()),
        ("username", "alice"),
        ("password", "guess"),
    ];
    let pages: Vec<_> = (0..5)
        .map(|_| text(&browser.post(&mut op, &action, &fields)))
        .collect();
    assert!(pages[3].contains("Incorrect user name or password."));
    assert!(pages[4].contains("This account is locked."));
    let click = [("flowId", flow.as_str()), ("user", "alice-id")];
    assert!(text(&browser.post(&mut op, &action, &click)).contains("This account is locked."));
}

#[test]
fn a_login_hint_fills_the_form_and_cannot_break_out_of_it() {
    let mut op = Op::new(pingone()).unwrap();
    let (_, _, page) = begun(
        &mut op,
        &mut Browser::default(),
        &[("login_hint", "\"><b>alice")],
    );
    assert!(
        page.contains("value=\"&quot;&gt;&lt;b&gt;alice\""),
        "{page}"
    );
}

#[test]
fn an_application_with_pages_of_its_own_gets_environment_and_flow() {
    let mut config = pingone();
    config.tenants[0].clients[0].login_page_url = Some("https://rp.example/login?x=1".to_owned());
    let mut op = Op::new(config).unwrap();
    let mut browser = Browser::default();
    let answer = browser.get(&mut op, &authorize(&p1(), "rp", &[]));
    let location = answer.header("Location").unwrap();
    let flow = parameter(location, "flowId").unwrap();
    assert_eq!(
        location,
        format!("https://rp.example/login?x=1&environmentId={ENV}&flowId={flow}")
    );
    let url = format!("https://auth.pingone.com/{ENV}/flows/{flow}");
    assert_eq!(browser.get(&mut op, &url).status, 200);
    let hosted = browser.get(&mut op, &authorize(&p1(), "other", &[]));
    assert!(
        hosted
            .header("Location")
            .unwrap()
            .contains("/signon/?flowId=")
    );
}

fn checked() -> Config {
    let mut config = pingone();
    config.tenants[0].clients[0].op_session_check_enabled = true;
    config
}

/// What the frame computes, as Session Management section 3.2 has it.
fn expected(state: &str, client: &str, origin: &str, cookie: &str) -> bool {
    let (_, salt) = state.split_once('.').unwrap();
    let digest = Sha256::digest(format!("{client} {origin} {cookie} {salt}"));
    let hex: Vec<_> = digest.iter().map(|octet| format!("{octet:02x}")).collect();
    state == format!("{}.{salt}", hex.concat())
}

#[test]
fn session_state_holds_until_the_browsers_state_changes() {
    let mut op = Op::new(checked()).unwrap();
    let mut browser = Browser::default();
    browser.sign_on(&mut op, &p1(), "rp", ALICE);
    let answer = browser.get(&mut op, &authorize(&p1(), "rp", &[("prompt", "none")]));
    let state = parameter(answer.header("Location").unwrap(), "session_state").unwrap();
    let cookie = browser.jar["ST-STATE"].clone();
    assert_ne!(cookie, browser.jar["ST"]);
    assert!(expected(&state, "rp", "https://rp.example", &cookie));
    assert!(!expected(&state, "rp", "https://rp.example", ""));

    let other = browser.get(&mut op, &authorize(&p1(), "other", &[("prompt", "none")]));
    assert_eq!(
        parameter(other.header("Location").unwrap(), "session_state"),
        None
    );

    let signed_off = browser.get(&mut op, &format!("{}/signoff", p1()));
    let cookies: Vec<_> = signed_off.all("Set-Cookie").collect();
    let past = "Expires=Thu, 01 Jan 1970 00:00:00 GMT";
    assert_eq!(
        cookies[2],
        format!("ST-STATE=; Path=/{ENV}; Secure; SameSite=None; {past}")
    );
    browser.sign_on(&mut op, &p1(), "rp", BOB);
    assert!(!expected(
        &state,
        "rp",
        "https://rp.example",
        &browser.jar["ST-STATE"]
    ));
}

#[test]
fn without_such_an_application_there_is_no_further_cookie() {
    let mut op = Op::new(pingone()).unwrap();
    let mut browser = Browser::default();
    browser.sign_on(&mut op, &p1(), "rp", ALICE);
    assert_eq!(browser.jar.keys().collect::<Vec<_>>(), ["ST", "ST-NO-SS"]);
}

#[test]
fn the_frame_of_the_session_check_may_be_framed_and_runs_only_its_own_script() {
    let mut op = Op::new(checked()).unwrap();
    let frame = op.handle(&Request::get(format!("{}/checksession", p1())), start());
    assert_eq!((frame.status, frame.header("X-Frame-Options")), (200, None));
    let page = text(&frame);
    let script = page
        .split("<script>")
        .nth(1)
        .unwrap()
        .split("</script>")
        .next()
        .unwrap();
    let policy = frame.header("Content-Security-Policy").unwrap();
    let digest = STANDARD.encode(Sha256::digest(script));
    assert!(
        policy.contains(&format!("script-src 'sha256-{digest}'")),
        "{policy}"
    );
    assert!(!policy.contains("frame-ancestors"));
}

#[test]
fn errors_are_shown_by_the_application_that_has_pages_of_its_own() {
    let mut config = pingone();
    config.tenants[0].clients[0].login_page_url = Some("https://rp.example/login?x=1".to_owned());
    // Signed on where the application has none: only the sign-off is looked at here.
    let mut plain = Op::new(pingone()).unwrap();
    let hint = |client| {
        Browser::default()
            .sign_on(&mut plain, &p1(), client, ALICE)
            .id
    };
    let [own, other] = ["rp", "other"].map(hint);
    let mut op = Op::new(config).unwrap();
    let mut landing = |target: String| {
        let answer = op.handle(&Request::get(target), start());
        assert_eq!(answer.status, 302);
        answer.header("Location").unwrap().to_owned()
    };
    let mut sign_off = |hint: &str| {
        let fields = [
            ("id_token_hint", hint),
            ("post_logout_redirect_uri", "https://evil.example/"),
        ];
        landing(format!("{}/signoff?{}", p1(), form(&fields)))
    };
    let at_own = "https://rp.example/login?x=1&environmentId=";
    let at_hosted = format!("https://apps.pingone.com/{ENV}/signon/?error=");
    let shown = sign_off(&own);
    assert!(shown.starts_with(at_own), "{shown}");
    let error: serde_json::Value =
        serde_json::from_str(&parameter(&shown, "error").unwrap()).unwrap();
    assert_eq!(error["details"][0]["target"], "post_logout_redirect_uri");
    // An application without pages, and a hint that is not good, lead to the hosted page.
    for hint in [other.as_str(), &own.replacen("ey", "fy", 2), ""] {
        let shown = sign_off(hint);
        assert!(shown.starts_with(&at_hosted), "{shown}");
    }
    let astray = |client| {
        let elsewhere = [("redirect_uri", "https://evil.example/")];
        authorize(&p1(), client, &elsewhere)
    };
    assert!(landing(astray("rp")).starts_with(at_own));
    assert!(landing(astray("other")).starts_with(&at_hosted));
    assert!(landing(astray("nobody")).starts_with(&at_hosted));
}

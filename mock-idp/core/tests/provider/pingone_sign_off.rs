//! A whole sign-on and sign-off at PingOne.

use mock_idp_core::{Event, Op, Refusal, Request};
use serde_json::Value;

use super::browser::{
    ALICE, BOB, Browser, ENV, OTHER_OUT, OUT, authorize, form, p1, parameter, pingone, redeem,
    refresh, start, text, userinfo,
};

#[test]
fn a_sign_off_with_hint_and_state_ends_everything_and_goes_to_the_client() {
    let mut op = Op::new(pingone()).unwrap();
    let mut browser = Browser::default();
    let tokens = browser.sign_on(&mut op, &p1(), "rp", ALICE);
    browser.sign_on(&mut op, &p1(), "other", ALICE);
    let saved = browser.clone();
    assert_eq!(userinfo(&mut op, &p1(), &tokens.access), 200);
    let refresh_token = tokens.refresh.clone().unwrap();
    assert_eq!(refresh(&mut op, &p1(), "rp", &refresh_token), 200);

    let query = form(&[
        ("id_token_hint", &tokens.id),
        ("post_logout_redirect_uri", OUT),
        ("state", "a b&c;+"),
    ]);
    let answer = browser.get(&mut op, &format!("{}/signoff?{query}", p1()));

    assert_eq!(
        (answer.status, answer.header("Location")),
        (
            302,
            Some("https://rp.example/out?from=op&state=a+b%26c%3B%2B")
        )
    );
    assert!(browser.jar.is_empty(), "both cookies are expired");
    assert!(
        !saved.clone().is_signed_on(&mut op, &p1()),
        "the saved cookie is worth nothing"
    );
    assert_eq!(userinfo(&mut op, &p1(), &tokens.access), 401);
    assert_eq!(refresh(&mut op, &p1(), "rp", &refresh_token), 400);
    let again = saved
        .clone()
        .get(&mut op, &format!("{}/signoff?{query}", p1()));
    assert_eq!(
        again.header("Location"),
        answer.header("Location"),
        "a second sign-off is answered like the first"
    );
}

#[test]
fn the_cookies_are_expired_with_the_attributes_they_were_set_with() {
    let mut op = Op::new(pingone()).unwrap();
    let mut browser = Browser::default();
    browser.sign_on(&mut op, &p1(), "rp", ALICE);
    let answer = browser.get(&mut op, &format!("{}/signoff", p1()));
    let expired: Vec<_> = answer.all("Set-Cookie").collect();
    let past = "Expires=Thu, 01 Jan 1970 00:00:00 GMT";
    assert_eq!(
        expired,
        [
            format!("ST=; Path=/{ENV}; Secure; HttpOnly; SameSite=None; {past}"),
            format!("ST-NO-SS=; Path=/{ENV}; Secure; HttpOnly; {past}"),
        ]
    );
    assert_eq!(
        answer.header("Location"),
        Some(format!("https://apps.pingone.com/{ENV}/signon/#signedOff").as_str())
    );
}

#[test]
fn only_the_session_of_the_cookie_ends() {
    let mut op = Op::new(pingone()).unwrap();
    let (mut browser, mut second, mut bob) =
        (Browser::default(), Browser::default(), Browser::default());
    browser.sign_on(&mut op, &p1(), "rp", ALICE);
    let hint = second.sign_on(&mut op, &p1(), "rp", ALICE).id;
    bob.sign_on(&mut op, &p1(), "rp", BOB);
    let query = form(&[("id_token_hint", hint.as_str())]);
    browser.get(&mut op, &format!("{}/signoff?{query}", p1()));
    assert!(!browser.is_signed_on(&mut op, &p1()));
    assert!(second.is_signed_on(&mut op, &p1()));
    assert!(bob.is_signed_on(&mut op, &p1()));
}

#[test]
fn by_post_only_the_body_counts() {
    let mut op = Op::new(pingone()).unwrap();
    let mut browser = Browser::default();
    let tokens = browser.sign_on(&mut op, &p1(), "rp", ALICE);
    let elsewhere = form(&[("post_logout_redirect_uri", OTHER_OUT), ("state", "query")]);
    let target = format!("{}/signoff?{elsewhere}", p1());
    let fields = [
        ("id_token_hint", tokens.id.as_str()),
        ("post_logout_redirect_uri", OUT),
    ];
    let answer = browser.post(&mut op, &target, &fields);
    assert_eq!((answer.status, answer.header("Location")), (302, Some(OUT)));
}

#[test]
fn a_refused_sign_off_ends_nothing_and_shows_the_hosted_error_page() {
    let mut op = Op::new(pingone()).unwrap();
    let mut browser = Browser::default();
    browser.sign_on(&mut op, &p1(), "rp", ALICE);
    let query = form(&[
        ("id_token_hint", "garbage"),
        ("post_logout_redirect_uri", OUT),
    ]);
    let answer = browser.get(&mut op, &format!("{}/signoff?{query}", p1()));
    let location = answer.header("Location").unwrap().to_owned();
    assert!(
        location.starts_with(&format!("https://apps.pingone.com/{ENV}/signon/?error=")),
        "{location}"
    );
    assert_eq!(answer.all("Set-Cookie").count(), 0);
    let error: Value = serde_json::from_str(&parameter(&location, "error").unwrap()).unwrap();
    assert_eq!(error["details"][0]["target"], "id_token_hint");
    let page = browser.get(&mut op, &location);
    assert!(page.status == 200 && text(&page).contains(error["id"].as_str().unwrap()));
    assert!(browser.is_signed_on(&mut op, &p1()));
    assert!(op.journal().any(|entry| matches!(
        entry.event,
        Event::SignOffRefused {
            reason: Refusal::Hint(_)
        }
    )));
}

#[test]
fn an_error_page_made_up_by_somebody_else_shows_no_markup() {
    let mut op = Op::new(pingone()).unwrap();
    let made_up = r#"{"id":"<script>x</script>","code":"\"><img>","message":"<b>"}"#;
    let target = format!("/{ENV}/signon/?{}", form(&[("error", made_up)]));
    let page = Browser::default().get(&mut op, &target);
    let body = text(&page);
    assert!(
        !body.contains("<script>") && !body.contains("<img>") && !body.contains("<b>"),
        "{body}"
    );
    assert!(
        page.header("Content-Security-Policy")
            .unwrap()
            .contains("frame-ancestors 'none'")
    );
}

#[test]
fn a_repeated_parameter_is_refused() {
    for name in ["id_token_hint", "post_logout_redirect_uri", "state"] {
        let mut op = Op::new(pingone()).unwrap();
        let mut browser = Browser::default();
        let tokens = browser.sign_on(&mut op, &p1(), "rp", ALICE);
        let value = match name {
            "id_token_hint" => tokens.id.as_str(),
            "state" => "x",
            _ => OUT,
        };
        let query = form(&[(name, value), (name, value)]);
        let answer = browser.get(&mut op, &format!("{}/signoff?{query}", p1()));
        assert!(
            answer
                .header("Location")
                .unwrap()
                .contains("/signon/?error="),
            "{name}"
        );
        assert!(browser.is_signed_on(&mut op, &p1()), "{name}");
    }
}

#[test]
fn a_flow_by_json_signs_on_and_hands_the_code_to_the_program() {
    let mut op = Op::new(pingone()).unwrap();
    let mut browser = Browser::default();
    let json = |response: &mock_idp_core::Response| {
        serde_json::from_slice::<Value>(&response.body).unwrap()
    };
    let begun = browser.get(
        &mut op,
        &authorize(&p1(), "rp", &[("response_mode", "pi.flow")]),
    );
    let flow = json(&begun);
    assert_eq!(flow["status"], "USERNAME_PASSWORD_REQUIRED");
    let url = flow["_links"]["usernamePassword.check"]["href"]
        .as_str()
        .unwrap()
        .to_owned();
    let check = |kind: &str, password: &str| {
        let mut request = Request::get(url.clone()).with_header("Content-Type", kind);
        request.method = "POST".into();
        request.body = format!(r#"{{"username":"alice","password":"{password}"}}"#).into_bytes();
        request
    };
    let media_type = "application/vnd.pingidentity.usernamePassword.check+json";
    assert_eq!(
        browser
            .send(&mut op, check("application/json", "wonder"))
            .status,
        415
    );
    assert_eq!(
        op.handle(&check(media_type, "wonder"), start()).status,
        401,
        "without the cookie"
    );
    let json_only = check(media_type, "wonder").with_header("Accept", "application/json");
    assert_eq!(browser.send(&mut op, json_only).status, 406);
    let wrong = browser.send(&mut op, check(media_type, "wrong"));
    assert_eq!(
        (wrong.status, &json(&wrong)["details"][0]["code"]),
        (400, &"INVALID_CREDENTIALS".into())
    );
    let anonymous = browser.jar["ST"].clone();
    let done = browser.send(&mut op, check(media_type, "wonder"));
    assert_eq!(json(&done)["status"], "COMPLETED");
    assert_ne!(browser.jar["ST"], anonymous, "a new token is minted");
    let resumed = browser.get(&mut op, json(&done)["resumeUrl"].as_str().unwrap());
    assert_eq!(json(&resumed)["authorizeResponse"]["state"], "s1");
    redeem(
        &mut op,
        &p1(),
        "rp",
        json(&resumed)["authorizeResponse"]["code"]
            .as_str()
            .unwrap(),
    );
}

#[test]
fn without_a_session_prompt_none_says_so_in_either_form() {
    let mut op = Op::new(pingone()).unwrap();
    let mut browser = Browser::default();
    let by_json = browser.get(
        &mut op,
        &authorize(
            &p1(),
            "rp",
            &[("prompt", "none"), ("response_mode", "pi.flow")],
        ),
    );
    assert_eq!(by_json.status, 400);
    assert!(text(&by_json).contains("LOGIN_REQUIRED"));
    assert!(!browser.is_signed_on(&mut op, &p1()));
}

#[test]
fn the_form_post_answer_submits_itself_to_the_client() {
    let mut op = Op::new(pingone()).unwrap();
    let mut browser = Browser::default();
    browser.sign_on(&mut op, &p1(), "rp", ALICE);
    let answer = browser.get(
        &mut op,
        &authorize(&p1(), "rp", &[("response_mode", "form_post")]),
    );
    let page = text(&answer);
    assert!(
        answer.status == 200
            && page.contains("action=\"https://rp.example/cb\"")
            && page.contains("name=\"code\"")
    );
}

#[test]
fn signing_on_as_somebody_else_needs_their_password_and_makes_another_session() {
    let mut op = Op::new(pingone()).unwrap();
    let mut browser = Browser::default();
    let alice = browser.sign_on(&mut op, &p1(), "rp", ALICE);
    let bob = browser.sign_on_with(&mut op, &p1(), "rp", BOB, &[("prompt", "login")]);
    let query = form(&[("id_token_hint", &alice.id)]);
    let refused = browser.get(&mut op, &format!("{}/signoff?{query}", p1()));
    assert!(refused.header("Location").unwrap().contains("error="));
    let query = form(&[("id_token_hint", &bob.id)]);
    let done = browser.get(&mut op, &format!("{}/signoff?{query}", p1()));
    assert!(done.header("Location").unwrap().ends_with("#signedOff"));
}

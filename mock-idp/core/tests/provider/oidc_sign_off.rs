//! A whole sign-on and sign-off at the plain provider.

use mock_idp_core::{Op, Response};

use super::browser::{
    ALICE, BOB, Browser, OP, OTHER_OUT, OUT, Tokens, form, oidc, refresh, text, userinfo,
};

fn signed_on() -> (Op, Browser, Tokens) {
    let mut op = Op::new(oidc()).unwrap();
    let mut browser = Browser::default();
    let tokens = browser.sign_on(&mut op, OP, "rp", ALICE);
    (op, browser, tokens)
}

fn end_session(fields: &[(&str, &str)]) -> String {
    format!("{OP}/end-session?{}", form(fields))
}

fn is_question(response: &Response) -> bool {
    response.status == 200 && text(response).contains("/end-session/confirm")
}

#[test]
fn the_person_is_asked_and_then_sent_on_with_the_state() {
    let (mut op, mut browser, tokens) = signed_on();
    let saved = browser.clone();
    let fields = [
        ("id_token_hint", tokens.id.as_str()),
        ("post_logout_redirect_uri", OUT),
        ("state", "é&"),
    ];
    let page = browser.get(&mut op, &end_session(&fields));
    assert!(is_question(&page));
    assert!(browser.is_signed_on(&mut op, OP), "alive until yes");
    let answer = browser.answer(&mut op, &page, "yes");
    assert_eq!(
        (answer.status, answer.header("Location")),
        (303, Some("https://rp.example/out?from=op&state=%C3%A9%26"))
    );
    assert!(!saved.clone().is_signed_on(&mut op, OP));
    assert_eq!(userinfo(&mut op, OP, &tokens.access), 401);
    assert_eq!(refresh(&mut op, OP, "rp", &tokens.refresh.unwrap()), 400);
    let again = browser.get(&mut op, &end_session(&fields));
    assert_eq!(
        (again.status, again.header("Location")),
        (302, answer.header("Location")),
        "nobody is asked twice"
    );
}

#[test]
fn after_no_everything_stays() {
    let (mut op, mut browser, tokens) = signed_on();
    let fields = [
        ("id_token_hint", tokens.id.as_str()),
        ("post_logout_redirect_uri", OUT),
    ];
    let page = browser.get(&mut op, &end_session(&fields));
    let answer = browser.answer(&mut op, &page, "no");
    assert_eq!((answer.status, answer.header("Location")), (200, None));
    assert!(browser.is_signed_on(&mut op, OP));
}

#[test]
fn a_question_is_good_for_one_answer_in_its_own_session() {
    let (mut op, mut browser, _) = signed_on();
    let page = browser.get(&mut op, &end_session(&[]));
    let mut stranger = Browser::default();
    stranger.sign_on(&mut op, OP, "rp", BOB);
    assert_eq!(stranger.answer(&mut op, &page, "yes").status, 400);
    assert!(stranger.is_signed_on(&mut op, OP) && browser.is_signed_on(&mut op, OP));
    assert_eq!(browser.answer(&mut op, &page, "yes").status, 200);
    browser.sign_on(&mut op, OP, "rp", ALICE);
    assert_eq!(browser.answer(&mut op, &page, "yes").status, 400, "used up");
    assert!(browser.is_signed_on(&mut op, OP));
    let forged = browser.post(
        &mut op,
        &format!("{OP}/end-session/confirm"),
        &[("answer", "yes")],
    );
    assert_eq!(forged.status, 400);
    assert!(browser.is_signed_on(&mut op, OP));
}

/// What it is about, the parameters, and where the browser goes.
type Case = (
    &'static str,
    &'static [(&'static str, &'static str)],
    Option<&'static str>,
);

#[test]
fn where_the_browser_goes_after_yes() {
    let cases: &[Case] = &[
        (
            "hint and own URI",
            &[("id_token_hint", "HINT"), ("post_logout_redirect_uri", OUT)],
            Some(OUT),
        ),
        (
            "client_id and own URI",
            &[("client_id", "rp"), ("post_logout_redirect_uri", OUT)],
            Some(OUT),
        ),
        (
            "neither hint nor client_id",
            &[("post_logout_redirect_uri", OUT)],
            None,
        ),
        (
            "another client's URI",
            &[
                ("id_token_hint", "HINT"),
                ("post_logout_redirect_uri", OTHER_OUT),
            ],
            None,
        ),
        (
            "unregistered",
            &[
                ("id_token_hint", "HINT"),
                ("post_logout_redirect_uri", "https://evil.example/"),
            ],
            None,
        ),
        (
            "client_id that disagrees",
            &[
                ("id_token_hint", "HINT"),
                ("client_id", "other"),
                ("post_logout_redirect_uri", OUT),
            ],
            None,
        ),
        (
            "client_id that disagrees, its URI",
            &[
                ("id_token_hint", "HINT"),
                ("client_id", "other"),
                ("post_logout_redirect_uri", OTHER_OUT),
            ],
            None,
        ),
        (
            "bad hint beside a good client_id",
            &[
                ("id_token_hint", "bad"),
                ("client_id", "rp"),
                ("post_logout_redirect_uri", OUT),
            ],
            None,
        ),
        (
            "disabled client",
            &[
                ("client_id", "off"),
                ("post_logout_redirect_uri", "https://off.example/out"),
            ],
            None,
        ),
        (
            "unknown parameters",
            &[
                ("id_token_hint", "HINT"),
                ("ui_locales", "tlh zz"),
                ("x", "y"),
            ],
            None,
        ),
    ];
    for (what, fields, expected) in cases {
        let (mut op, mut browser, tokens) = signed_on();
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| {
                (
                    *name,
                    if *value == "HINT" {
                        tokens.id.as_str()
                    } else {
                        value
                    },
                )
            })
            .collect();
        let page = browser.get(&mut op, &end_session(&fields));
        assert!(is_question(&page), "{what}");
        let answer = browser.answer(&mut op, &page, "yes");
        assert_eq!(answer.header("Location"), *expected, "{what}");
        assert!(!browser.is_signed_on(&mut op, OP), "{what}");
    }
}

#[test]
fn a_repeated_parameter_is_an_error_that_ends_nothing() {
    let (mut op, mut browser, _) = signed_on();
    let answer = browser.get(&mut op, &end_session(&[("state", "a"), ("state", "a")]));
    assert_eq!(answer.status, 400);
    assert!(browser.is_signed_on(&mut op, OP));
}

#[test]
fn the_question_may_not_be_framed_and_its_policy_does_not_bar_the_redirect() {
    let (mut op, mut browser, _) = signed_on();
    let page = browser.get(
        &mut op,
        &end_session(&[("post_logout_redirect_uri", "\"><script>x")]),
    );
    assert_eq!(page.header("X-Frame-Options"), Some("DENY"));
    let policy = page.header("Content-Security-Policy").unwrap();
    assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("form-action"));
    assert_eq!(page.header("Cache-Control"), Some("no-store"));
    assert!(!text(&page).contains("<script>"));
}

#[test]
fn offline_access_outlives_the_session() {
    let mut op = Op::new(oidc()).unwrap();
    let mut browser = Browser::default();
    let tokens = browser.sign_on_with(
        &mut op,
        OP,
        "rp",
        ALICE,
        &[("scope", "openid offline_access"), ("prompt", "consent")],
    );
    let page = browser.get(&mut op, &end_session(&[]));
    browser.answer(&mut op, &page, "yes");
    assert!(!browser.is_signed_on(&mut op, OP));
    assert_eq!(refresh(&mut op, OP, "rp", &tokens.refresh.unwrap()), 200);
    assert_eq!(userinfo(&mut op, OP, &tokens.access), 401);
}

/// The same yes twice with nothing between, and with another request between: the status of the second, and whether the
/// cookies from before the first still work.
fn said_twice(fault: &str, something_between: bool) -> (u16, bool) {
    let mut op = Op::new(oidc().with_fault(fault)).unwrap();
    let mut browser = Browser::default();
    let tokens = browser.sign_on(&mut op, OP, "rp", ALICE);
    let page = browser.get(
        &mut op,
        &end_session(&[("id_token_hint", tokens.id.as_str())]),
    );
    let (mut first, mut second) = (browser.clone(), browser.clone());
    first.answer(&mut op, &page, "yes");
    if something_between {
        assert!(!browser.clone().is_signed_on(&mut op, OP));
    }
    let status = second.answer(&mut op, &page, "yes").status;
    (status, browser.is_signed_on(&mut op, OP))
}

#[test]
fn a_fault_of_two_requests_at_the_same_moment_shows_with_nothing_between_them() {
    for (fault, at_once) in [
        ("overlap-crash", (500, false)),
        ("overlap-writes-back", (400, true)),
    ] {
        assert_eq!(said_twice(fault, false), at_once, "{fault}");
        assert_eq!(said_twice(fault, true), (400, false), "{fault}");
    }
}

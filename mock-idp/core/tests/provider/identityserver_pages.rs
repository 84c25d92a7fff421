//! The pages of the host: sign-in, consent, the question, the signed-off page.

use mock_idp_core::{Config, Edition, Op, Request};

use super::browser::{ALICE, Browser, OUT, attribute, form, parameter, start, text};
use super::identityserver::{
    EVERY, IDS, SignOff, authorize, followed, hidden, hint, is_signed_in, made, op, sign_in,
    tenant, to,
};

/// Alice at the question whether to sign off.
fn asked(edition: Edition) -> (Op, Browser, SignOff) {
    let mut op = op(edition);
    let mut browser = Browser::default();
    sign_in(&mut browser, &mut op, "rp", ALICE);
    let went = SignOff::by_get(&mut browser, &mut op, &[]);
    assert!(went.asks());
    (op, browser, went)
}

#[test]
fn a_yes_needs_the_token_of_the_page_and_the_cookie_of_the_browser() {
    for edition in EVERY {
        let (mut op, mut browser, went) = asked(edition);
        let bare = browser.post(&mut op, &format!("{IDS}/Account/Logout"), &[]);
        assert_eq!((bare.status, bare.body.len()), (400, 0));
        let mut elsewhere = Browser::default();
        sign_in(&mut elsewhere, &mut op, "rp", ALICE);
        went.confirmed(&mut elsewhere, &mut op);
        assert!(is_signed_in(&mut elsewhere, &mut op));
        assert!(is_signed_in(&mut browser, &mut op));
        went.confirmed(&mut browser, &mut op);
        assert!(!is_signed_in(&mut browser, &mut op));
    }
}

#[test]
fn a_used_yes_is_good_again_for_the_same_person_in_the_same_browser() {
    let (mut op, mut browser, went) = asked(Edition::Duende8);
    went.confirmed(&mut browser, &mut op);
    sign_in(&mut browser, &mut op, "rp", ALICE);
    went.confirmed(&mut browser, &mut op);
    assert!(!is_signed_in(&mut browser, &mut op));
}

#[test]
fn a_copy_of_the_cookie_outlives_the_sign_off_unless_the_server_remembers_sessions() {
    for remembers in [false, true] {
        let mut tenant = tenant(Edition::Duende8);
        tenant.identity_server.server_side_sessions = remembers;
        let mut op = made(tenant);
        let mut browser = Browser::default();
        let tokens = sign_in(&mut browser, &mut op, "rp", ALICE);
        let mut copy = browser.clone();
        SignOff::by_get(&mut browser, &mut op, &[hint(&tokens)]);
        assert!(!is_signed_in(&mut browser, &mut op));
        assert_eq!(is_signed_in(&mut copy, &mut op), !remembers);
    }
}

#[test]
fn the_host_may_never_ask_and_may_follow_the_link_by_script() {
    let mut tenant = tenant(Edition::Duende8);
    tenant.identity_server.show_logout_prompt = false;
    tenant.identity_server.automatic_redirect_after_sign_out = true;
    let mut op = made(tenant);
    let mut browser = Browser::default();
    let tokens = sign_in(&mut browser, &mut op, "rp", ALICE);
    let went = SignOff::by_get(&mut browser, &mut op, &[]);
    assert!(!went.asks());
    assert!(!is_signed_in(&mut browser, &mut op));
    assert!(!text(&went.page).contains("signout-redirect.js"));
    let went = SignOff::by_get(&mut browser, &mut op, &[hint(&tokens), to(OUT)]);
    let page = text(&went.page);
    let script = page.split_once("<script").unwrap().1;
    assert_eq!(
        attribute(script, "src"),
        format!("{IDS}/js/signout-redirect.js")
    );
    let script = text(&browser.get(&mut op, &attribute(script, "src")));
    assert!(script.contains("a.PostLogoutRedirectUri"));
}

#[test]
fn the_signed_off_page_escapes_what_it_shows() {
    let mut tenant = tenant(Edition::Duende8);
    tenant.clients[0].name = "<b>&\"".to_owned();
    let mut op = made(tenant);
    let mut browser = Browser::default();
    let tokens = sign_in(&mut browser, &mut op, "rp", ALICE);
    let fields = [hint(&tokens), to(OUT), ("state", "'\"<>")];
    let went = SignOff::by_get(&mut browser, &mut op, &fields);
    let page = text(&went.page);
    assert!(
        page.contains("&lt;b&gt;&amp;&quot;") && !page.contains("<b>"),
        "{page}"
    );
    assert_eq!(went.back(), Some(format!("{OUT}&state=%27%22%3C%3E")));
}

#[test]
fn a_logout_id_that_means_nothing_is_no_context() {
    let (mut op, mut browser, _) = asked(Edition::Duende8);
    let page = browser.get(&mut op, &format!("{IDS}/account/logout?logoutId=nothing"));
    assert!(text(&page).contains("Would you like to log out"));
    assert!(!text(&page).contains("LogoutId"));
}

#[test]
fn a_return_url_that_is_not_the_servers_own_is_refused() {
    let mut op = op(Edition::Duende8);
    let mut browser = Browser::default();
    let there = format!("{IDS}/Account/Login?ReturnUrl=https%3A%2F%2Fevil.example%2F");
    let page = browser.get(&mut op, &there);
    let page = text(&page);
    let mut fields = hidden(&page);
    fields.push(("Input.Username".into(), ALICE.0.into()));
    fields.push(("Input.Password".into(), ALICE.1.into()));
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let answer = browser.post(&mut op, &attribute(&page, "action"), &fields);
    assert_eq!((answer.status, answer.header("Location")), (400, None));
}

#[test]
fn wrong_credentials_show_the_form_again_and_cancel_tells_the_client() {
    let mut op = op(Edition::Duende8);
    let mut browser = Browser::default();
    let start = browser.get(&mut op, &authorize("rp", &[("login_hint", "alice")]));
    let page = text(&followed(&mut browser, &mut op, start));
    assert!(page.contains("value=\"alice\""), "{page}");
    let mut submit = |button: &str| {
        let mut fields = hidden(&page);
        fields.push(("Input.Button".into(), button.into()));
        fields.push(("Input.Username".into(), "alice".into()));
        fields.push(("Input.Password".into(), "wrong".into()));
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        browser.post(&mut op, &attribute(&page, "action"), &fields)
    };
    let again = submit("login");
    assert_eq!(again.status, 200);
    assert!(text(&again).contains("Invalid username or password"));
    let cancelled = submit("cancel");
    let location = cancelled.header("Location").unwrap();
    assert_eq!(
        parameter(location, "error").as_deref(),
        Some("access_denied")
    );
}

#[test]
fn consent_is_asked_for_once_where_a_client_wants_it() {
    let mut tenant = tenant(Edition::Duende8);
    tenant.clients[0].require_consent = true;
    let mut op = made(tenant);
    let mut browser = Browser::default();
    let asks = |browser: &mut Browser, op: &mut Op| {
        let answer = browser.get(op, &authorize("rp", &[("prompt", "none")]));
        answer
            .header("Location")
            .unwrap()
            .contains("consent_required")
    };
    sign_in(&mut browser, &mut op, "other", ALICE);
    assert!(asks(&mut browser, &mut op));
    let start = browser.get(&mut op, &authorize("rp", &[]));
    let page = text(&followed(&mut browser, &mut op, start));
    let fields = hidden(&page);
    let mut fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    fields.push(("button", "no"));
    let refused = browser.post(&mut op, &attribute(&page, "action"), &fields);
    assert!(
        refused
            .header("Location")
            .unwrap()
            .contains("access_denied")
    );
    sign_in(&mut browser, &mut op, "rp", ALICE);
    assert!(!asks(&mut browser, &mut op));
}

#[test]
fn prompt_login_asks_for_the_password_and_then_ends() {
    let mut op = op(Edition::Duende8);
    let mut browser = Browser::default();
    sign_in(&mut browser, &mut op, "rp", ALICE);
    let answer = browser.get(&mut op, &authorize("rp", &[("prompt", "login")]));
    let login = answer.header("Location").unwrap().to_owned();
    assert!(
        login.starts_with(&format!("{IDS}/Account/Login?ReturnUrl=")),
        "{login}"
    );
    let return_url = parameter(&login, "ReturnUrl").unwrap();
    assert!(!return_url.contains("prompt"), "{return_url}");
}

#[test]
fn a_second_sign_in_of_the_same_person_keeps_the_sid_and_another_person_gets_another() {
    let mut op = op(Edition::Duende8);
    let mut browser = Browser::default();
    sign_in(&mut browser, &mut op, "rp", ALICE);
    let sid = browser.jar["idsrv.session"].clone();
    assert!(
        sid.len() == 32 && sid.bytes().all(|octet| octet.is_ascii_hexdigit()),
        "{sid}"
    );
    sign_in(&mut browser, &mut op, "other", ALICE);
    assert_eq!(browser.jar["idsrv.session"], sid);
}

#[test]
fn tenants_below_a_path_keep_their_cookies_apart() {
    let mut below = tenant(Edition::Duende8);
    below.id = "main".to_owned();
    below.issuer = format!("{IDS}/main");
    let mut op = Op::new(Config::new(7, vec![below])).unwrap();
    let answer = op.handle(
        &Request::get(format!("{IDS}/main/connect/endsession")),
        start(),
    );
    assert_eq!(
        answer.header("Location"),
        Some("https://identity.example/main/Account/Logout")
    );
    let request = format!(
        "{IDS}/main/connect/authorize?{}",
        form(&[("client_id", "rp")])
    );
    assert_eq!(op.handle(&Request::get(request), start()).status, 400);
}

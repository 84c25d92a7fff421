//! Sign-on as a conversation in JSON: the states beyond name and password, and its end by inactivity.

use mock_idp_core::{Config, Control, Op, PasswordStatus, Request, Response, User};
use serde_json::{Value, json};

use super::browser::{ALICE, BOB, Browser, ENV, authorize, p1, parameter, pingone, start, text};

fn json(response: &Response) -> Value {
    serde_json::from_slice(&response.body).unwrap()
}

fn with_alice(change: fn(&mut User)) -> Config {
    let mut config = pingone();
    change(&mut config.tenants[0].users[0]);
    config
}

/// A flow of one browser.
struct Flow {
    op: Op,
    browser: Browser,
    id: String,
}

impl Flow {
    fn begun(config: Config) -> Self {
        let mut op = Op::new(config).unwrap();
        let mut browser = Browser::default();
        let flow = browser.get(
            &mut op,
            &authorize(&p1(), "rp", &[("response_mode", "pi.flow")]),
        );
        let id = json(&flow)["id"].as_str().unwrap().to_owned();
        Self { op, browser, id }
    }

    fn url(&self) -> String {
        format!("https://auth.pingone.com/{ENV}/flows/{}", self.id)
    }

    fn act(&mut self, action: &str, body: &Value) -> Response {
        let mut request = Request::get(self.url()).with_header(
            "Content-Type",
            format!("application/vnd.pingidentity.{action}+json"),
        );
        "POST".clone_into(&mut request.method);
        request.body = body.to_string().into_bytes();
        self.browser.send(&mut self.op, request)
    }

    fn check(&mut self, (username, password): (&str, &str)) -> Response {
        let body = json!({ "username": username, "password": password });
        self.act("usernamePassword.check", &body)
    }

    fn advance(&mut self, seconds: i64) {
        self.op
            .control(Control::AdvanceClock { seconds }, start())
            .unwrap();
    }

    fn read(&mut self) -> Response {
        let url = self.url();
        self.browser.get(&mut self.op, &url)
    }
}

#[test]
fn a_flow_lives_for_a_quarter_of_an_hour_of_inactivity_and_is_then_not_found() {
    let mut flow = Flow::begun(pingone());
    for _ in 0..3 {
        flow.advance(14 * 60);
        assert_eq!(json(&flow.read())["status"], "USERNAME_PASSWORD_REQUIRED");
    }
    flow.advance(15 * 60);
    let answer = flow.read();
    assert_eq!(
        (answer.status, json(&answer)["code"].as_str()),
        (404, Some("NOT_FOUND"))
    );
    assert_eq!(flow.check(ALICE).status, 404);
}

#[test]
fn a_password_that_must_be_changed_holds_the_flow_up_until_it_is() {
    for (change, status) in [
        (
            (|user| user.password_status = PasswordStatus::PasswordExpired) as fn(&mut User),
            "PASSWORD_EXPIRED",
        ),
        (
            |user| user.password_status = PasswordStatus::MustChangePassword,
            "MUST_CHANGE_PASSWORD",
        ),
    ] {
        let mut flow = Flow::begun(with_alice(change));
        let held_up = json(&flow.check(ALICE));
        assert_eq!(held_up["status"], status);
        assert_eq!(held_up["_links"]["password.reset"]["href"], flow.url());
        assert!(held_up["session"].is_null());
        assert!(!flow.browser.clone().is_signed_on(&mut flow.op, &p1()));
        for (current, new, at_fault) in [
            ("another", "fresh-1", "currentPassword"),
            ("wonder", "", "newPassword"),
            ("wonder", "wonder", "newPassword"),
        ] {
            let body = json!({ "currentPassword": current, "newPassword": new });
            let refused = flow.act("password.reset", &body);
            assert_eq!(refused.status, 400);
            assert_eq!(json(&refused)["details"][0]["target"], at_fault);
        }
        let body = json!({ "currentPassword": "wonder", "newPassword": "fresh-1" });
        assert_eq!(
            json(&flow.act("password.reset", &body))["status"],
            "COMPLETED"
        );
        assert!(flow.browser.is_signed_on(&mut flow.op, &p1()));

        let mut later = Flow::begun(pingone());
        later.op = flow.op;
        later.browser = Browser::default();
        let begun = later.browser.get(
            &mut later.op,
            &authorize(&p1(), "rp", &[("response_mode", "pi.flow")]),
        );
        json(&begun)["id"]
            .as_str()
            .unwrap()
            .clone_into(&mut later.id);
        assert_eq!(later.check(ALICE).status, 400, "the old password is gone");
        assert_eq!(
            json(&later.check(("alice", "fresh-1")))["status"],
            "COMPLETED"
        );
    }
}

#[test]
fn nobody_changes_a_password_in_a_flow_that_does_not_ask_for_it() {
    let mut flow = Flow::begun(pingone());
    let body = json!({ "currentPassword": "wonder", "newPassword": "fresh-1" });
    assert_eq!(flow.act("password.reset", &body).status, 400);
    assert_eq!(json(&flow.check(ALICE))["status"], "COMPLETED");
}

#[test]
fn wrong_passwords_are_counted_down_to_a_lockout_that_ends() {
    let mut flow = Flow::begun(pingone());
    for left in [4, 3, 2, 1] {
        let refused = json(&flow.check(("alice", "guess")));
        assert_eq!(refused["details"][0]["code"], "INVALID_CREDENTIALS");
        assert_eq!(
            refused["details"][0]["innerError"]["failuresRemaining"],
            left
        );
    }
    for _ in 0..2 {
        let locked = json(&flow.check(("alice", "guess")));
        assert_eq!(locked["details"][0]["code"], "PASSWORD_LOCKED_OUT");
        assert_eq!(
            locked["details"][0]["innerError"]["secondsUntilUnlock"],
            900
        );
    }
    flow.advance(300);
    let locked = json(&flow.check(ALICE));
    assert_eq!(
        locked["details"][0]["innerError"]["secondsUntilUnlock"],
        600
    );
    assert_eq!(
        json(&flow.check(BOB))["status"],
        "COMPLETED",
        "others are not locked out"
    );
    flow.advance(600);
    assert_eq!(json(&flow.check(ALICE))["status"], "COMPLETED");
    assert_eq!(
        json(&flow.check(("alice", "guess")))["details"][0]["innerError"]["failuresRemaining"],
        4,
        "a success forgets what was before"
    );
}

#[test]
fn nobodys_name_cannot_be_told_from_a_disabled_users_and_is_never_locked() {
    let mut flow = Flow::begun(with_alice(|user| user.enabled = false));
    for _ in 0..7 {
        for who in [("nobody", "x"), ALICE] {
            let refused = json(&flow.check(who));
            assert_eq!(refused["details"][0]["code"], "INVALID_CREDENTIALS");
            assert!(refused["details"][0]["innerError"].is_null());
        }
    }
}

#[test]
fn a_user_who_was_locked_by_hand_stays_locked() {
    let mut flow = Flow::begun(with_alice(|user| user.locked = true));
    flow.advance(100);
    let locked = json(&flow.check(ALICE));
    assert_eq!(locked["details"][0]["code"], "PASSWORD_LOCKED_OUT");
    assert!(locked["details"][0]["innerError"].is_null());
}

#[test]
fn a_flow_that_is_reset_asks_for_somebody_again() {
    let mut flow = Flow::begun(pingone());
    assert_eq!(
        json(&flow.check(ALICE))["_embedded"]["user"]["username"],
        "alice"
    );
    let reset = json(&flow.act("session.reset", &json!({})));
    assert_eq!(reset["status"], "USERNAME_PASSWORD_REQUIRED");
    assert!(reset["_embedded"]["user"].is_null());
    assert_eq!(
        json(&flow.check(BOB))["_embedded"]["user"]["username"],
        "bob"
    );
}

#[test]
fn other_media_types_and_members_are_refused() {
    let mut flow = Flow::begun(pingone());
    assert_eq!(flow.act("user.register", &json!({})).status, 415);
    for body in [
        json!({}),
        json!([]),
        json!({ "username": 1, "password": "x" }),
    ] {
        let refused = flow.act("usernamePassword.check", &body);
        assert_eq!(
            (refused.status, &json(&refused)["details"][0]["target"]),
            (400, &"username".into())
        );
    }
    let only_json = Request::get(flow.url()).with_header("Accept", "application/json");
    assert_eq!(flow.browser.send(&mut flow.op, only_json).status, 406);
    assert_eq!(
        flow.op.handle(&Request::get(flow.url()), start()).status,
        401
    );
}

#[test]
fn max_age_and_acr_values_shape_the_sign_on_and_its_token() {
    let mut config = pingone();
    config.tenants[0].sign_on.policies = vec!["Usual".to_owned(), "Strict".to_owned()];
    for (asked, acr) in [
        (None, "Usual"),
        (Some("Strict"), "Strict"),
        (Some("Other Strict Usual"), "Strict"),
        (Some("Other"), "Usual"),
    ] {
        let mut op = Op::new(config.clone()).unwrap();
        let mut browser = Browser::default();
        let more: Vec<_> = asked
            .map(|asked| ("acr_values", asked))
            .into_iter()
            .collect();
        let tokens = browser.sign_on_with(&mut op, &p1(), "rp", ALICE, &more);
        assert_eq!(super::tokens::claims(&tokens.id)["acr"], acr);
        let refreshed = super::browser::token(
            &mut op,
            &p1(),
            "rp",
            &[
                ("grant_type", "refresh_token"),
                ("refresh_token", tokens.refresh.as_deref().unwrap()),
            ],
        );
        let id = json(&refreshed)["id_token"].as_str().unwrap().to_owned();
        assert_eq!(super::tokens::claims(&id)["acr"], acr);
        op.control(Control::AdvanceClock { seconds: 100 }, start())
            .unwrap();
        for (age, served) in [("101", true), ("99", false), ("0", false)] {
            let target = authorize(&p1(), "rp", &[("max_age", age), ("prompt", "none")]);
            let location = browser
                .get(&mut op, &target)
                .header("Location")
                .unwrap()
                .to_owned();
            assert_eq!(parameter(&location, "code").is_some(), served, "{age}");
        }
    }
}

#[test]
fn of_one_user_only_the_last_ten_sessions_are_kept() {
    let mut op = Op::new(pingone()).unwrap();
    let mut bob = Browser::default();
    bob.sign_on(&mut op, &p1(), "rp", BOB);
    let mut browsers: Vec<_> = (0..12)
        .map(|_| {
            let mut browser = Browser::default();
            let tokens = browser.sign_on(&mut op, &p1(), "rp", ALICE);
            (browser, tokens)
        })
        .collect();
    let alive: Vec<_> = browsers
        .iter_mut()
        .map(|(browser, _)| browser.is_signed_on(&mut op, &p1()))
        .collect();
    let expected: Vec<_> = (0..12).map(|number| number >= 2).collect();
    assert_eq!(alive, expected);
    assert_eq!(
        super::browser::userinfo(&mut op, &p1(), &browsers[0].1.access),
        401
    );
    assert!(bob.is_signed_on(&mut op, &p1()));
}

#[test]
fn an_error_of_a_flow_never_repeats_what_was_sent() {
    let mut flow = Flow::begun(pingone());
    let answer = flow.check(("alice", "a-password-nobody-must-see"));
    assert!(!text(&answer).contains("nobody-must-see"));
}

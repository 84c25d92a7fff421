//! Signing on.

use mock_idp::core::{DialectId, PasswordStatus};
use signoff_browser::thirtyfour::Key;

use super::visit::{STATE, Visit, parameter};

const BOTH: [DialectId; 2] = [DialectId::PingOne, DialectId::Oidc];

#[tokio::test]
async fn name_and_password_are_typed_and_the_application_gets_its_code() {
    for dialect in BOTH {
        let Some(visit) = Visit::to(dialect).await else {
            return;
        };
        let landed = visit.sign_on().await;
        assert!(parameter(&landed, "code").is_some_and(|code| !code.is_empty()));
        assert_eq!(parameter(&landed, "state").as_deref(), Some(STATE));
        assert!(visit.is_signed_on().await, "{}", dialect.name());
        visit.end().await;
    }
}

#[tokio::test]
async fn over_tls_the_cookies_are_kept_too() {
    for dialect in BOTH {
        let Some(visit) = Visit::with(dialect, mock_idp::MockIdpBuilder::tls).await else {
            return;
        };
        assert!(visit.idp.issuer().starts_with("https://"));
        visit.sign_on().await;
        assert!(visit.is_signed_on().await, "{}", dialect.name());
        visit.end().await;
    }
}

#[tokio::test]
async fn the_keyboard_alone_is_enough() {
    for dialect in BOTH {
        let Some(visit) = Visit::to(dialect).await else {
            return;
        };
        visit.authorize(&[]).await;
        let focused = "return document.activeElement.name || document.activeElement.textContent";
        assert_eq!(
            visit.script(focused).await,
            "username",
            "the first field has the focus"
        );
        let (name, password) = (
            visit.idp.alice().username.clone(),
            visit.idp.alice().password.clone(),
        );
        visit.keys(name).await;
        visit.keys(Key::Tab).await;
        assert_eq!(visit.script(focused).await, "password");
        visit.keys(password).await;
        visit.keys(Key::Tab).await;
        assert_eq!(visit.script(focused).await, "Sign on");
        let outlined = "return getComputedStyle(document.activeElement).outlineStyle";
        assert_eq!(
            visit.script(outlined).await,
            "solid",
            "the focus can be seen"
        );
        visit.keys(Key::Enter).await;
        let landed = visit.left_to(&visit.callback()).await;
        assert!(parameter(&landed, "code").is_some(), "{}", dialect.name());
        visit.end().await;
    }
}

#[tokio::test]
async fn every_button_is_reached_by_tab_in_the_order_of_the_page() {
    let Some(visit) = Visit::to(DialectId::PingOne).await else {
        return;
    };
    visit.authorize(&[]).await;
    let focused = "return document.activeElement.name + ' ' + document.activeElement.value";
    let mut reached = Vec::new();
    for _ in 0..6 {
        reached.push(visit.script(focused).await.as_str().unwrap().to_owned());
        visit.keys(Key::Tab).await;
    }
    let (alice, bob) = (&visit.idp.alice().id, &visit.idp.bob().id);
    let expected = [
        "username ".to_owned(),
        "password ".to_owned(),
        " ".to_owned(),
        format!("user {alice}"),
        format!("user {bob}"),
        "deny true".to_owned(),
    ];
    assert_eq!(reached, expected);
    visit.end().await;
}

#[tokio::test]
async fn a_wrong_password_is_said_and_may_be_corrected() {
    for dialect in BOTH {
        let Some(visit) = Visit::to(dialect).await else {
            return;
        };
        visit.authorize(&[]).await;
        visit.give("alice", "wrong").await;
        let said = visit.find("[role=alert]").await.text().await.unwrap();
        assert_eq!(said, "Incorrect user name or password.");
        let values = "return [...document.querySelectorAll('input:not([type=hidden])')].map(i => i.value).join()";
        assert_eq!(
            visit.script(values).await,
            "alice,",
            "the name is kept, the password is not"
        );
        let focused = "return document.activeElement.name";
        assert_eq!(visit.script(focused).await, "password");
        visit
            .picture(&format!("wrong-password-{}", dialect.name()))
            .await;
        visit.keys(visit.idp.alice().password.clone()).await;
        visit.keys(Key::Enter).await;
        visit.left_to(&visit.callback()).await;
        visit.end().await;
    }
}

#[tokio::test]
async fn an_empty_form_is_not_sent() {
    let Some(visit) = Visit::to(DialectId::PingOne).await else {
        return;
    };
    visit.authorize(&[]).await;
    let before = visit.idp.journal().len();
    visit.press("form button").await;
    assert_eq!(visit.count("input:invalid").await, 2);
    assert_eq!(
        visit.idp.journal().len(),
        before,
        "the browser asks for the fields first"
    );
    visit.end().await;
}

#[tokio::test]
async fn one_click_is_enough_at_a_mock() {
    let Some(visit) = Visit::to(DialectId::PingOne).await else {
        return;
    };
    visit.authorize(&[]).await;
    let bob = visit.idp.bob().id.clone();
    visit.press(&format!("button[value='{bob}']")).await;
    let landed = visit.left_to(&visit.callback()).await;
    assert!(parameter(&landed, "code").is_some());
    visit.end().await;
}

#[tokio::test]
async fn whoever_goes_back_is_not_signed_on_and_the_application_learns_it() {
    let Some(visit) = Visit::to(DialectId::PingOne).await else {
        return;
    };
    visit.authorize(&[]).await;
    visit.press("button[name=deny]").await;
    let landed = visit.left_to(&visit.callback()).await;
    assert_eq!(
        parameter(&landed, "error").as_deref(),
        Some("access_denied")
    );
    assert_eq!(parameter(&landed, "state").as_deref(), Some(STATE));
    assert!(!visit.is_signed_on().await);
    visit.end().await;
}

#[tokio::test]
async fn a_password_that_must_be_changed_is_changed_on_the_way() {
    let change = |builder: mock_idp::MockIdpBuilder| {
        builder.adjust(|tenant| {
            tenant.users[0].password_status = PasswordStatus::MustChangePassword;
        })
    };
    let Some(visit) = Visit::with(DialectId::PingOne, change).await else {
        return;
    };
    visit.authorize(&[]).await;
    let alice = visit.idp.alice().clone();
    visit.give(&alice.username, &alice.password).await;
    visit.headed("Choose a password").await;
    visit.picture("choose-a-password").await;
    // The focus is in the first field.
    visit.keys("not this one").await;
    visit.keys(Key::Tab).await;
    visit.keys("fresh-password").await;
    visit.keys(Key::Enter).await;
    assert_eq!(
        visit.count("[role=alert]").await,
        1,
        "the current password was wrong"
    );
    visit.keys(alice.password).await;
    visit.keys(Key::Tab).await;
    visit.keys("fresh-password").await;
    visit.keys(Key::Enter).await;
    visit.left_to(&visit.callback()).await;

    visit.authorize(&[("prompt", "login")]).await;
    visit.give(&alice.username, "fresh-password").await;
    visit.left_to(&visit.callback()).await;
    visit.end().await;
}

#[tokio::test]
async fn a_sign_on_of_another_browser_goes_nowhere() {
    for dialect in BOTH {
        let Some(visit) = Visit::to(dialect).await else {
            return;
        };
        visit.authorize(&[]).await;
        visit.browser.delete_all_cookies().await.unwrap();
        let alice = visit.idp.alice();
        visit.give(&alice.username, &alice.password).await;
        assert!(
            visit
                .text()
                .await
                .contains("expired or was begun in another browser")
        );
        visit.end().await;
    }
}

#[tokio::test]
async fn the_answer_by_form_is_posted_by_the_page_itself() {
    let Some(visit) = Visit::to(DialectId::Oidc).await else {
        return;
    };
    visit.authorize(&[("response_mode", "form_post")]).await;
    let alice = visit.idp.alice();
    visit.give(&alice.username, &alice.password).await;
    visit.left_to(&visit.callback()).await;
    let requests = visit.site.received_requests().await.unwrap();
    let posted = requests
        .iter()
        .find(|request| request.method.as_str() == "POST")
        .unwrap();
    let form = String::from_utf8(posted.body.clone()).unwrap();
    assert!(
        form.contains("code=") && form.contains("state=s%3D1%26%22%3Cb%3E"),
        "{form}"
    );
    visit.end().await;
}

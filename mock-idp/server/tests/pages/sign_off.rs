//! Signing off.

use mock_idp::core::DialectId;

use super::visit::{STATE, Visit, parameter};

#[tokio::test]
async fn pingone_sends_the_browser_back_and_the_session_is_gone() {
    let Some(visit) = Visit::to(DialectId::PingOne).await else {
        return;
    };
    let hint = visit.id_token(&visit.sign_on().await).await;
    let target = visit.signed_off();
    let query = [
        ("id_token_hint", hint.as_str()),
        ("post_logout_redirect_uri", &target),
        ("state", STATE),
    ];
    visit.open_at("/signoff", &query).await;
    let landed = visit.left_to(&target).await;
    assert_eq!(parameter(&landed, "state").as_deref(), Some(STATE));
    assert!(!visit.is_signed_on().await);
    visit.end().await;
}

#[tokio::test]
async fn without_an_address_pingone_shows_that_one_has_signed_off() {
    let Some(visit) = Visit::to(DialectId::PingOne).await else {
        return;
    };
    let hint = visit.id_token(&visit.sign_on().await).await;
    visit.open_at("/signoff", &[("id_token_hint", &hint)]).await;
    let address = visit.browser.current_url().await.unwrap();
    assert_eq!(address.fragment(), Some("signedOff"));
    let shown = visit.find("#signedOff p").await;
    assert!(shown.is_displayed().await.unwrap());
    assert!(!visit.find("#signedOut").await.is_displayed().await.unwrap());
    visit.picture("pingone-signed-off").await;
    assert!(!visit.is_signed_on().await);
    visit.end().await;
}

#[tokio::test]
async fn a_request_that_pingone_refuses_ends_at_the_error_page_and_nowhere_else() {
    let Some(visit) = Visit::to(DialectId::PingOne).await else {
        return;
    };
    visit.sign_on().await;
    let target = format!("{}/nobody-registered-this", visit.site.uri());
    visit
        .open_at("/signoff", &[("post_logout_redirect_uri", &target)])
        .await;
    visit.headed("Error").await;
    visit.says("post_logout_redirect_uri").await;
    visit.picture("pingone-error").await;
    let requests = visit.site.received_requests().await.unwrap();
    assert!(
        !requests
            .iter()
            .any(|request| request.url.path().contains("nobody"))
    );
    assert!(visit.is_signed_on().await);
    visit.end().await;
}

#[tokio::test]
async fn every_application_is_told_in_a_frame_before_the_browser_goes_on() {
    let Some(mut visit) = Visit::to(DialectId::PingOne).await else {
        return;
    };
    // The site's address is known now, so a second provider can name it.
    let (front, signed_off) = (
        format!("{}/front-channel", visit.site.uri()),
        visit.signed_off(),
    );
    let callback = visit.callback();
    visit.idp = mock_idp::MockIdp::builder()
        .adjust(move |tenant| {
            tenant
                .logout_settings
                .post_logout_redirect_uris
                .push(signed_off);
            let client = &mut tenant.clients[0];
            client.redirect_uris.push(callback);
            client.front_channel_logout_uri = Some(front);
            client.front_channel_logout_session_required = true;
        })
        .start()
        .await
        .unwrap();
    visit.sign_on().await;
    let target = visit.signed_off();
    let address = visit.idp.issuer().replace("/as", "/xp/signoff");
    visit
        .open(&format!("{address}?post_logout_redirect_uri={target}"))
        .await;
    visit.left_to(&target).await;
    let requests = visit.site.received_requests().await.unwrap();
    let told: Vec<_> = requests
        .iter()
        .filter(|request| request.url.path() == "/front-channel")
        .collect();
    assert_eq!(told.len(), 1);
    let query = told[0].url.query().unwrap_or_default();
    assert!(query.contains("iss=") && query.contains("sid="), "{query}");
    assert!(!visit.is_signed_on().await);
    visit.end().await;
}

async fn asked(visit: &Visit) {
    let hint = visit.id_token(&visit.sign_on().await).await;
    let target = visit.signed_off();
    let query = [
        ("id_token_hint", hint.as_str()),
        ("post_logout_redirect_uri", &target),
        ("state", STATE),
    ];
    visit.open_at("/end-session", &query).await;
    visit.headed("Sign out").await;
    visit.says("Shop asks you to sign out.").await;
}

#[tokio::test]
async fn the_plain_provider_asks_and_no_leaves_everything_as_it_is() {
    let Some(visit) = Visit::to(DialectId::Oidc).await else {
        return;
    };
    asked(&visit).await;
    visit.picture("question").await;
    visit.press("button[value=no]").await;
    visit.headed("Still signed in").await;
    visit.picture("still-signed-in").await;
    assert!(visit.is_signed_on().await);
    visit.end().await;
}

#[tokio::test]
async fn the_plain_provider_asks_and_yes_signs_off_and_leads_back() {
    let Some(visit) = Visit::to(DialectId::Oidc).await else {
        return;
    };
    asked(&visit).await;
    visit.press("button[value=yes]").await;
    let landed = visit.left_to(&visit.signed_off()).await;
    assert_eq!(parameter(&landed, "state").as_deref(), Some(STATE));
    assert!(!visit.is_signed_on().await);
    visit.end().await;
}

#[tokio::test]
async fn the_question_is_answered_by_keys_and_only_once() {
    let Some(visit) = Visit::to(DialectId::Oidc).await else {
        return;
    };
    asked(&visit).await;
    let question = visit.browser.source().await.unwrap();
    visit.keys(signoff_browser::thirtyfour::Key::Tab).await;
    let focused = "return document.activeElement.value";
    assert_eq!(visit.script(focused).await, "yes");
    visit.keys(signoff_browser::thirtyfour::Key::Enter).await;
    visit.left_to(&visit.signed_off()).await;

    // The question is still in somebody's history.
    visit.open_at("/signed-out", &[]).await;
    let form = question
        .split("<form")
        .nth(1)
        .unwrap()
        .split("</form>")
        .next()
        .unwrap();
    let again = format!(
        "document.body.innerHTML = {:?}",
        format!("<form{form}</form>")
    );
    visit.script(&again).await;
    visit.press("button[value=yes]").await;
    visit.says("answered already").await;
    visit.end().await;
}

#[tokio::test]
async fn without_an_address_the_plain_provider_says_that_one_is_signed_out() {
    let Some(visit) = Visit::to(DialectId::Oidc).await else {
        return;
    };
    let hint = visit.id_token(&visit.sign_on().await).await;
    visit
        .open_at("/end-session", &[("id_token_hint", &hint)])
        .await;
    visit.press("button[value=yes]").await;
    visit.headed("Signed out").await;
    visit.picture("signed-out").await;
    visit.end().await;
}

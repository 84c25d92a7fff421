//! What a page must not let others do to the people who look at it.

use mock_idp::core::DialectId;
use serde_json::json;
use wiremock::matchers::path;
use wiremock::{Mock, ResponseTemplate};

use super::visit::Visit;

/// Changes the page's title if it ever runs.
const MARKUP: &str =
    "<img src=x onerror=\"document.title='ran'\"><script>document.title='ran'</script>\"'&";

async fn nothing_ran(visit: &Visit) {
    assert_ne!(
        visit
            .browser
            .title()
            .await
            .expect("an answer of the browser"),
        "ran"
    );
    assert_eq!(visit.count("img, script").await, 0);
    let text = visit.text().await;
    assert!(text.contains(MARKUP), "it is shown as it is: {text}");
}

#[tokio::test]
async fn markup_in_names_and_parameters_is_shown_and_does_nothing() {
    let named = |builder: mock_idp::MockIdpBuilder| {
        builder.adjust(|tenant| {
            MARKUP.clone_into(&mut tenant.clients[0].name);
            MARKUP.clone_into(&mut tenant.users[1].username);
        })
    };
    let Some(visit) = Visit::with(DialectId::PingOne, named).await else {
        return;
    };
    visit.authorize(&[("login_hint", MARKUP)]).await;
    nothing_ran(&visit).await;
    let typed = "return document.querySelector('input[name=username]').value";
    assert_eq!(visit.script(typed).await, MARKUP);
    let error = json!({ "id": MARKUP, "code": MARKUP, "message": MARKUP,
        "details": [{ "code": MARKUP, "target": MARKUP, "message": MARKUP }] });
    let page = format!("{}/signon/", visit.idp.issuer().trim_end_matches("/as"));
    let page = reqwest::Url::parse_with_params(&page, [("error", error.to_string())]).unwrap();
    visit.open(page.as_str()).await;
    nothing_ran(&visit).await;
    visit.end().await;

    let Some(visit) = Visit::with(DialectId::Oidc, named).await else {
        return;
    };
    let hint = visit.id_token(&visit.sign_on().await).await;
    let target = format!("https://nobody.example/{MARKUP}");
    let query = [
        ("id_token_hint", hint.as_str()),
        ("post_logout_redirect_uri", &target),
        ("state", MARKUP),
    ];
    visit.open_at("/end-session", &query).await;
    nothing_ran(&visit).await;
    visit.end().await;
}

#[tokio::test]
async fn a_page_that_reflects_markup_is_noticed() {
    let faulty = |builder: mock_idp::MockIdpBuilder| builder.fault("reflect-html");
    let Some(visit) = Visit::with(DialectId::Oidc, faulty).await else {
        return;
    };
    visit.sign_on().await;
    let target = format!("https://nobody.example/{MARKUP}");
    visit
        .open_at("/end-session", &[("post_logout_redirect_uri", &target)])
        .await;
    assert_eq!(visit.browser.title().await.unwrap(), "ran");
    visit.end().await;
}

/// Puts a script and a picture into the page, as a gap in the escaping would, and tells whether the script ran.
async fn injected(visit: &Visit, mark: &str) -> bool {
    let script = format!(
        "const script = document.createElement('script'); script.textContent = 'window.ran = true';\
         const picture = new Image(); picture.src = '{site}/picture-{mark}';\
         document.body.append(script, picture); return window.ran === true",
        site = visit.site.uri()
    );
    let ran = visit.script(&script).await == true;
    // The picture's request is under way or refused when this one, which the policy governs likewise, is decided.
    let settled = format!(
        "const done = arguments[0]; const other = new Image(); other.onload = other.onerror = () => done(true);\
         other.src = '{}/picture-after-{mark}';",
        visit.site.uri()
    );
    visit
        .browser
        .execute_async(&settled, Vec::new())
        .await
        .expect("an answer of the browser");
    ran
}

async fn pictures(visit: &Visit, mark: &str) -> usize {
    let requests = visit
        .site
        .received_requests()
        .await
        .expect("an answer of the browser");
    let ours = format!("/picture-{mark}");
    requests
        .iter()
        .filter(|request| request.url.path() == ours)
        .count()
}

#[tokio::test]
async fn the_policy_stops_scripts_and_pictures_that_get_into_a_page() {
    let Some(visit) = Visit::to(DialectId::PingOne).await else {
        return;
    };
    // Where there is no policy both work, or this test would prove nothing.
    visit.open(&visit.callback()).await;
    assert!(injected(&visit, "application").await);
    assert_eq!(pictures(&visit, "application").await, 1);

    visit.authorize(&[]).await;
    assert!(!injected(&visit, "sign-on").await, "sign-on");
    assert_eq!(pictures(&visit, "sign-on").await, 0);
    visit
        .open_at(
            "/signoff",
            &[("post_logout_redirect_uri", "https://nobody.example/")],
        )
        .await;
    assert!(!injected(&visit, "error").await, "error");
    assert_eq!(pictures(&visit, "error").await, 0);
    visit.end().await;
}

/// Whether a page of the application can show an address in a frame.
async fn is_framed(visit: &Visit, address: &str, css: &str) -> bool {
    let page =
        format!("<!doctype html><title>Application</title><iframe src=\"{address}\"></iframe>");
    let _framing = Mock::given(path("/framing"))
        .respond_with(ResponseTemplate::new(200).set_body_raw(page, "text/html"))
        .with_priority(1)
        .mount_as_scoped(&visit.site)
        .await;
    visit.open(&format!("{}/framing", visit.site.uri())).await;
    visit
        .browser
        .enter_frame(0)
        .await
        .expect("an answer of the browser");
    let shown = visit.count(css).await > 0;
    visit
        .browser
        .enter_default_frame()
        .await
        .expect("an answer of the browser");
    shown
}

#[tokio::test]
async fn no_page_is_shown_in_a_frame_of_others_but_the_one_that_is_made_for_it() {
    for (page, framed) in [("/signon/", false), ("/as/checksession", true)] {
        let Some(visit) = Visit::to(DialectId::PingOne).await else {
            return;
        };
        let base = visit.idp.issuer().trim_end_matches("/as").to_owned();
        let address = format!("{base}{page}");
        assert_eq!(is_framed(&visit, &address, "main").await, framed, "{page}");
        visit.end().await;
    }
}

#[tokio::test]
async fn the_question_is_shown_in_no_frame_unless_it_is_told_to_be_faulty() {
    for (fault, framed) in [(None, false), (Some("no-frame-headers"), true)] {
        let change = |builder: mock_idp::MockIdpBuilder| match fault {
            Some(fault) => builder.fault(fault),
            None => builder,
        };
        let Some(visit) = Visit::with(DialectId::Oidc, change).await else {
            return;
        };
        visit.sign_on().await;
        let question = format!("{}/end-session", visit.idp.issuer());
        assert_eq!(
            is_framed(&visit, &question, "button[value=yes]").await,
            framed
        );
        visit.end().await;
    }
}

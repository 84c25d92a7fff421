use super::*;
use signoff_engine::sign_in::OutsideEnd;
use signoff_oidc::User;
use wiremock::matchers::{body_partial_json, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

/// A page that a script makes, and that calls an API: without a script there is nothing on it.
const APPLICATION: &str = r#"<!doctype html><title>Welcome</title><main id="app"></main><script>
setTimeout(() => {
  document.getElementById('app').innerHTML =
    '<label>E-mail <input id="who" type="email"></label><button id="next">Continue</button>';
  document.getElementById('next').onclick = () => {
    const name = document.getElementById('who').value;
    document.getElementById('app').innerHTML =
      '<label>Password <input id="secret" type="password"></label><button id="go">Sign in</button>';
    document.getElementById('go').onclick = async () => {
      const answer = await fetch('/api/sign-in', { method: 'POST', body: JSON.stringify({ name, password: document.getElementById('secret').value }) });
      if (answer.ok) location = (await answer.json()).next;
      else document.getElementById('app').textContent = 'That was wrong.';
    };
  };
}, 100);
</script>"#;

async fn provider() -> (MockServer, OutsideTask) {
    let provider = MockServer::start().await;
    let redirect_uri = format!("{}/callback", provider.uri());
    let page = ResponseTemplate::new(200).set_body_raw(APPLICATION, "text/html");
    Mock::given(method("GET"))
        .and(path("/authorize"))
        .respond_with(page)
        .mount(&provider)
        .await;
    let next = serde_json::json!({ "next": format!("{redirect_uri}?code=c0de&state=s") });
    let signed_in = ResponseTemplate::new(200)
        .insert_header(
            "Set-Cookie",
            "session=alive; Path=/; HttpOnly; SameSite=Lax",
        )
        .set_body_json(next);
    Mock::given(method("POST"))
        .and(path("/api/sign-in"))
        .and(body_partial_json(
            serde_json::json!({ "name": "alice@id.test", "password": "open-sesame" }),
        ))
        .respond_with(signed_in)
        .mount(&provider)
        .await;
    let task = OutsideTask {
        authorization_url: format!("{}/authorize?client_id=a", provider.uri()),
        redirect_uri,
        client_id: "a".to_owned(),
        user: User {
            name: "alice@id.test".to_owned(),
            password: "open-sesame".to_owned(),
        },
        cookies: Vec::new(),
    };
    (provider, task)
}

#[tokio::test]
async fn pages_that_a_script_makes_are_worked_and_the_client_is_never_reached() {
    let sign_in = BrowserSignIn::default();
    let Some(browser) = started_or_skipped(&sign_in).await else {
        return;
    };
    let (provider, task) = provider().await;
    let answer = sign_in.sign_in(&browser, &task).await;
    let answer = answer.unwrap_or_else(|failure| panic!("{}", failure.what));
    let OutsideEnd::Redirect(end) = answer.end else {
        panic!("no redirect");
    };
    assert!(
        end.starts_with(&task.redirect_uri) && end.contains("code=c0de"),
        "{end}"
    );
    assert!(answer.password_used);
    let names: Vec<&str> = answer
        .cookies
        .iter()
        .map(|cookie| cookie.name.as_str())
        .collect();
    assert_eq!(names, ["session"]);
    let asked = provider.received_requests().await.unwrap_or_default();
    assert!(
        asked
            .iter()
            .all(|request| request.url.path() != "/callback"),
        "the client learnt the code"
    );
    browser.stop().await;
}

#[tokio::test]
async fn what_went_wrong_is_told_with_its_page_and_without_the_password() {
    let sign_in = BrowserSignIn::default();
    let Some(browser) = started_or_skipped(&sign_in).await else {
        return;
    };
    let (_provider, mut task) = provider().await;
    task.user.password = "a-wrong-one".to_owned();
    let Err(failure) = sign_in.sign_in(&browser, &task).await else {
        panic!("signed in with a wrong password");
    };
    assert!(
        failure.what.contains("page 3") && failure.what.contains("That was wrong."),
        "{}",
        failure.what
    );
    assert!(!failure.what.contains("a-wrong-one"));
    browser.stop().await;
}

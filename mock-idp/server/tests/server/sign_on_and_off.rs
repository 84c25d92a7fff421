//! Whole stories over a socket: Alice signs on at a client, and off again.

use mock_idp::MockIdp;
use mock_idp::core::{Client, DialectId, Event, HintRefusal, Refusal, User};
use reqwest::{StatusCode, Url};
use serde_json::Value;

use crate::browser::{Browser, Page, Rest};

/// What a relying party knows of the provider, from its discovery document.
struct Metadata(Value);

impl Metadata {
    async fn of(idp: &MockIdp) -> Self {
        let text = fetched(idp.discovery_url()).await;
        let metadata: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(metadata["issuer"], idp.issuer());
        Self(metadata)
    }

    fn address(&self, name: &str) -> &str {
        self.0[name].as_str().expect("an address")
    }
}

async fn fetched(address: String) -> String {
    let answer = reqwest::get(address).await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::OK);
    answer.text().await.expect("content")
}

struct Tokens {
    id_token: String,
    access_token: String,
}

struct Story {
    idp: MockIdp,
    metadata: Metadata,
    browser: Browser,
}

impl Story {
    async fn begin(dialect: DialectId) -> Self {
        let idp = MockIdp::builder()
            .dialect(dialect)
            .start()
            .await
            .expect("the server starts");
        let metadata = Metadata::of(&idp).await;
        let browser = Browser::new(idp.url());
        Self {
            idp,
            metadata,
            browser,
        }
    }

    async fn authorize(&mut self, client: &Client, more: &[(&str, &str)]) -> Rest {
        let mut query = vec![
            ("client_id", client.id.as_str()),
            ("response_type", "code"),
            ("scope", "openid"),
            ("redirect_uri", &client.redirect_uris[0]),
            ("state", "a state & more"),
            ("nonce", "n"),
        ];
        query.extend(more);
        self.browser
            .open(self.metadata.address("authorization_endpoint"), &query)
            .await
    }

    async fn sign_on(&mut self, client: &Client, user: &User) -> Tokens {
        let page = self.authorize(client, &[]).await.page();
        assert!(page.is_sign_on());
        let filled = [
            ("username", user.username.as_str()),
            ("password", user.password.as_str()),
        ];
        let back = self.browser.submit(&page, &filled).await.left();
        assert!(back.as_str().starts_with(&client.redirect_uris[0]));
        assert_eq!(parameter(&back, "state").as_deref(), Some("a state & more"));
        self.redeem(client, &parameter(&back, "code").expect("a code"))
            .await
    }

    async fn redeem(&self, client: &Client, code: &str) -> Tokens {
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &client.redirect_uris[0]),
        ];
        let form = Url::parse_with_params("http://form.invalid", &fields).expect("fields");
        let answer = reqwest::Client::new()
            .post(self.metadata.address("token_endpoint"))
            .basic_auth(&client.id, client.secret.as_ref())
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form.query().unwrap_or_default().to_owned())
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status(), StatusCode::OK);
        let tokens: Value =
            serde_json::from_str(&answer.text().await.expect("content")).expect("JSON");
        let text = |name: &str| tokens[name].as_str().expect("a token").to_owned();
        Tokens {
            id_token: text("id_token"),
            access_token: text("access_token"),
        }
    }

    async fn sign_off(&mut self, id_token: &str, target: &str) -> Rest {
        let query = [
            ("id_token_hint", id_token),
            ("post_logout_redirect_uri", target),
            ("state", "bye & thanks"),
        ];
        self.browser
            .open(self.metadata.address("end_session_endpoint"), &query)
            .await
    }

    async fn is_signed_on(&mut self, client: &Client) -> bool {
        let back = self.authorize(client, &[("prompt", "none")]).await.left();
        match (
            parameter(&back, "code"),
            parameter(&back, "error").as_deref(),
        ) {
            (Some(_), None) => true,
            (None, Some("login_required")) => false,
            other => panic!("neither signed on nor off: {other:?}"),
        }
    }

    async fn userinfo(&self, tokens: &Tokens) -> StatusCode {
        let request = reqwest::Client::new().get(self.metadata.address("userinfo_endpoint"));
        request
            .bearer_auth(&tokens.access_token)
            .send()
            .await
            .expect("an answer")
            .status()
    }

    async fn answer(&mut self, page: &Page, answer: &str) -> Rest {
        self.browser.submit(page, &[("answer", answer)]).await
    }
}

fn parameter(address: &Url, name: &str) -> Option<String> {
    address
        .query_pairs()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.into_owned())
}

fn count(idp: &MockIdp, wanted: impl Fn(&Event) -> bool) -> usize {
    idp.journal()
        .iter()
        .filter(|entry| wanted(&entry.event))
        .count()
}

#[tokio::test]
async fn pingone_signs_off_without_asking_and_returns_to_the_application() {
    let mut story = Story::begin(DialectId::PingOne).await;
    let (client, user) = (story.idp.client_a().clone(), story.idp.alice().clone());
    let tokens = story.sign_on(&client, &user).await;
    assert!(story.is_signed_on(&client).await);
    assert_eq!(story.userinfo(&tokens).await, StatusCode::OK);

    let target = client.post_logout_redirect_uris[0].clone();
    let back = story.sign_off(&tokens.id_token, &target).await.left();
    assert_eq!(back.as_str(), format!("{target}?state=bye+%26+thanks"));
    assert!(!story.is_signed_on(&client).await);
    assert_eq!(story.userinfo(&tokens).await, StatusCode::UNAUTHORIZED);
    assert_eq!(
        count(&story.idp, |event| matches!(
            event,
            Event::SessionEnded { .. }
        )),
        1
    );
}

#[tokio::test]
async fn pingone_refuses_a_foreign_redirect_uri_and_keeps_the_session() {
    let mut story = Story::begin(DialectId::PingOne).await;
    let (client, user) = (story.idp.client_a().clone(), story.idp.alice().clone());
    let tokens = story.sign_on(&client, &user).await;

    let foreign = story.idp.client_b().post_logout_redirect_uris[0].clone();
    let page = story.sign_off(&tokens.id_token, &foreign).await.page();
    assert!(!page.is_sign_on());
    assert!(story.is_signed_on(&client).await);
    let refused = |event: &Event| {
        matches!(
            event,
            Event::SignOffRefused {
                reason: Refusal::TargetUnregistered
            }
        )
    };
    assert_eq!(count(&story.idp, refused), 1);
}

#[tokio::test]
async fn a_disabled_application_signs_nobody_off_until_it_is_enabled_again() {
    let mut story = Story::begin(DialectId::PingOne).await;
    let (client, user) = (story.idp.client_a().clone(), story.idp.alice().clone());
    let other = story.idp.client_b().clone();
    let tokens = story.sign_on(&client, &user).await;

    story.idp.disable_client(&client.id).unwrap();
    let target = client.post_logout_redirect_uris[0].clone();
    story.sign_off(&tokens.id_token, &target).await.page();
    assert!(story.is_signed_on(&other).await);
    let reason = Refusal::Hint(HintRefusal::ApplicationDisabled);
    assert_eq!(
        count(&story.idp, |event| *event
            == Event::SignOffRefused { reason }),
        1
    );

    story.idp.enable_client(&client.id).unwrap();
    story.sign_off(&tokens.id_token, &target).await.left();
    assert!(!story.is_signed_on(&other).await);
}

#[tokio::test]
async fn oidc_asks_and_returns_to_the_client_after_yes() {
    let mut story = Story::begin(DialectId::Oidc).await;
    let (client, user) = (story.idp.client_a().clone(), story.idp.alice().clone());
    let tokens = story.sign_on(&client, &user).await;

    let target = client.post_logout_redirect_uris[0].clone();
    let question = story.sign_off(&tokens.id_token, &target).await.page();
    assert!(question.asks());
    assert!(story.is_signed_on(&client).await);
    let back = story.answer(&question, "yes").await.left();
    assert_eq!(back.as_str(), format!("{target}?state=bye+%26+thanks"));
    assert!(!story.is_signed_on(&client).await);
    assert_eq!(story.userinfo(&tokens).await, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn oidc_keeps_the_session_after_no() {
    let mut story = Story::begin(DialectId::Oidc).await;
    let (client, user) = (story.idp.client_b().clone(), story.idp.bob().clone());
    let tokens = story.sign_on(&client, &user).await;

    let target = client.post_logout_redirect_uris[0].clone();
    let question = story.sign_off(&tokens.id_token, &target).await.page();
    let page = story.answer(&question, "no").await.page();
    assert_eq!((page.status, page.asks()), (200, false));
    assert!(story.is_signed_on(&client).await);
}

#[tokio::test]
async fn a_wrong_password_is_asked_for_again() {
    for dialect in [DialectId::PingOne, DialectId::Oidc] {
        let mut story = Story::begin(dialect).await;
        let client = story.idp.client_a().clone();
        let page = story.authorize(&client, &[]).await.page();
        let again = story
            .browser
            .submit(&page, &[("username", "alice"), ("password", "wrong")])
            .await
            .page();
        assert!(again.is_sign_on(), "{dialect}");
        assert!(!story.is_signed_on(&client).await, "{dialect}");
    }
}

#[tokio::test]
async fn a_session_ends_by_itself_when_the_clock_is_advanced_far_enough() {
    for dialect in [DialectId::PingOne, DialectId::Oidc] {
        let mut story = Story::begin(dialect).await;
        let (client, user) = (story.idp.client_a().clone(), story.idp.alice().clone());
        story.sign_on(&client, &user).await;
        let idle = i64::from(story.idp.tenant().lifetimes.session_idle);
        story.idp.advance(idle + 1).unwrap();
        assert!(!story.is_signed_on(&client).await, "{dialect}");
    }
}

#[tokio::test]
async fn a_reset_forgets_the_session() {
    let mut story = Story::begin(DialectId::PingOne).await;
    let (client, user) = (story.idp.client_a().clone(), story.idp.alice().clone());
    story.sign_on(&client, &user).await;
    story.idp.reset().unwrap();
    assert!(!story.is_signed_on(&client).await);
}

#[tokio::test]
async fn a_session_at_one_server_is_none_at_another() {
    let mut one = Story::begin(DialectId::Oidc).await;
    let (client, user) = (one.idp.client_a().clone(), one.idp.alice().clone());
    one.sign_on(&client, &user).await;

    let mut other = Story::begin(DialectId::Oidc).await;
    // Both have the same seed and the same names for everything: only their memory differs.
    let cookies = one.browser.take_cookies();
    other.browser.put_cookies(cookies);
    assert!(!other.is_signed_on(&client).await);
}

#[tokio::test]
async fn a_fault_is_seen_by_a_client_and_gone_when_it_is_switched_off() {
    let mut story = Story::begin(DialectId::PingOne).await;
    let nowhere = "https://nobody.example/";
    story.idp.switch_fault("redirect-any", true).unwrap();
    let query = [("post_logout_redirect_uri", nowhere)];
    let end = story.metadata.address("end_session_endpoint").to_owned();
    assert_eq!(
        story.browser.open(&end, &query).await.left().as_str(),
        nowhere
    );
    story.idp.switch_fault("redirect-any", false).unwrap();
    story.browser.open(&end, &query).await.page();
}

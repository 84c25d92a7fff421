//! A browser, a provider and an application's site, and what people do among them.

use std::io::Write as _;
use std::time::Duration;

use mock_idp::core::{Client, DialectId};
use mock_idp::{MockIdp, MockIdpBuilder};
use reqwest::Url;
use serde_json::Value;
use signoff_browser::thirtyfour::prelude::*;
use signoff_browser::{Chromium, Options};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

pub(crate) const STATE: &str = "s=1&\"<b>";

/// How long a page may take to be left.
const LEAVING: Duration = Duration::from_secs(15);

pub(crate) struct Visit {
    pub(crate) browser: Chromium,
    pub(crate) idp: MockIdp,
    /// The application: a page at every address.
    pub(crate) site: MockServer,
}

impl Visit {
    /// None, after a loud line, where there is no browser and none is required.
    pub(crate) async fn to(dialect: DialectId) -> Option<Self> {
        Self::with(dialect, |builder| builder).await
    }

    pub(crate) async fn with(
        dialect: DialectId,
        change: impl FnOnce(MockIdpBuilder) -> MockIdpBuilder,
    ) -> Option<Self> {
        let browser = browser(&Options::new().certificates_unchecked()).await?;
        let site = MockServer::start().await;
        let page =
            "<!doctype html><html lang=\"en\"><title>Application</title><p>The application.</p>";
        Mock::given(any())
            .respond_with(ResponseTemplate::new(200).set_body_raw(page, "text/html"))
            .mount(&site)
            .await;
        let (callback, signed_off) = addresses(&site);
        let builder = MockIdp::builder().dialect(dialect).adjust(move |tenant| {
            let client = &mut tenant.clients[0];
            client.redirect_uris.push(callback);
            client.post_logout_redirect_uris.push(signed_off);
        });
        let idp = change(builder).start().await.expect("a provider");
        Some(Self { browser, idp, site })
    }

    /// Closes the browser. Dropping does, too, but shows nothing that goes wrong.
    pub(crate) async fn end(self) {
        self.browser.stop().await;
    }

    pub(crate) fn callback(&self) -> String {
        addresses(&self.site).0
    }

    pub(crate) fn signed_off(&self) -> String {
        addresses(&self.site).1
    }

    fn client(&self) -> &Client {
        self.idp.client_a()
    }

    pub(crate) async fn open(&self, address: &str) {
        self.browser.goto(address).await.expect("a page");
    }

    /// Opens an address of the provider's, below the issuer.
    pub(crate) async fn open_at(&self, path: &str, query: &[(&str, &str)]) {
        let address = format!("{}{path}", self.idp.issuer());
        let address = Url::parse_with_params(&address, query).expect("an address");
        self.open(address.as_str()).await;
    }

    /// Asks for a code, with more parameters or others.
    pub(crate) async fn authorize(&self, more: &[(&str, &str)]) {
        let callback = self.callback();
        let mut query = vec![
            ("client_id", self.client().id.as_str()),
            ("redirect_uri", &callback),
            ("response_type", "code"),
            ("scope", "openid profile"),
            ("state", STATE),
        ];
        query.extend_from_slice(more);
        self.open_at("/authorize", &query).await;
    }

    pub(crate) async fn find(&self, css: &str) -> WebElement {
        let found = self.browser.find(By::Css(css)).await;
        found.unwrap_or_else(|error| panic!("{css}: {error}"))
    }

    pub(crate) async fn count(&self, css: &str) -> usize {
        let found = self.browser.find_all(By::Css(css)).await;
        found.expect("a page").len()
    }

    /// What a person reads. A page that gives way to the next one while it is read is read again.
    pub(crate) async fn text(&self) -> String {
        self.reads("body", |_| true).await.unwrap_or_default()
    }

    /// Waits until the page has this heading.
    pub(crate) async fn headed(&self, heading: &str) {
        self.wait_for("h1", heading, |text| text == heading).await;
    }

    /// Waits until the page says this.
    pub(crate) async fn says(&self, part: &str) {
        self.wait_for("body", part, |text| text.contains(part))
            .await;
    }

    async fn wait_for(&self, css: &str, what: &str, good: impl Fn(&str) -> bool) {
        if self.reads(css, good).await.is_some() {
            return;
        }
        let there = self.text().await;
        panic!("not “{what}”, but a page that reads: {there}");
    }

    /// The text of an element as soon as it is good; nothing when that does not happen in time.
    async fn reads(&self, css: &str, good: impl Fn(&str) -> bool) -> Option<String> {
        let read = async {
            loop {
                if let Ok(element) = self.browser.find(By::Css(css)).await
                    && let Ok(text) = element.text().await
                    && good(&text)
                {
                    return text;
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(LEAVING, read).await.ok()
    }

    pub(crate) async fn press(&self, css: &str) {
        let button = self.find(css).await;
        button.click().await.expect("a button that can be clicked");
    }

    /// Types into the page, wherever the focus is.
    pub(crate) async fn keys(&self, keys: impl Into<TypingData>) {
        let chain = self.browser.action_chain().send_keys(keys);
        chain.perform().await.expect("keys");
    }

    /// Fills in the form of the page and submits it.
    pub(crate) async fn give(&self, username: &str, password: &str) {
        for (name, value) in [("username", username), ("password", password)] {
            let field = self.find(&format!("input[name={name}]")).await;
            field.clear().await.expect("a field");
            field.send_keys(value).await.expect("a field");
        }
        self.press("form button").await;
    }

    pub(crate) async fn sign_on(&self) -> Url {
        self.authorize(&[]).await;
        let alice = self.idp.alice();
        self.give(&alice.username, &alice.password).await;
        self.left_to(&self.callback()).await
    }

    /// The ID token for a code that the application was given.
    pub(crate) async fn id_token(&self, landed: &Url) -> String {
        let form = [
            ("grant_type", "authorization_code"),
            ("code", &parameter(landed, "code").expect("a code")),
            ("redirect_uri", &self.callback()),
        ];
        let form = Url::parse_with_params("http://form.invalid", form).expect("a form");
        let secret = self.client().secret.clone();
        let answer = reqwest::Client::builder()
            .tls_certs_only([])
            .build()
            .expect("a client")
            .post(format!("{}/token", self.idp.issuer()))
            .basic_auth(&self.client().id, secret)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(form.query().unwrap_or_default().to_owned())
            .send()
            .await
            .expect("an answer");
        let tokens = answer.text().await.expect("content");
        let tokens: Value = serde_json::from_str(&tokens).expect("JSON");
        tokens["id_token"].as_str().expect("an ID token").to_owned()
    }

    /// Waits until the browser is at the application's address, and tells what it brings.
    pub(crate) async fn left_to(&self, address: &str) -> Url {
        let arrived = tokio::time::timeout(LEAVING, async {
            loop {
                let now = self.browser.current_url().await.expect("an address");
                if now.as_str().split(['?', '#']).next() == Some(address) {
                    return now;
                }
                tokio::task::yield_now().await;
            }
        });
        match arrived.await.ok() {
            Some(address) => address,
            None => panic!(
                "the browser stayed at a page that reads: {}",
                self.text().await
            ),
        }
    }

    /// Whether the browser still has a session: what `prompt=none` brings.
    pub(crate) async fn is_signed_on(&self) -> bool {
        self.authorize(&[("prompt", "none")]).await;
        let landed = self.left_to(&self.callback()).await;
        let error = parameter(&landed, "error");
        assert!(
            error
                .as_deref()
                .is_none_or(|error| error == "login_required"),
            "{error:?}"
        );
        error.is_none()
    }

    /// The value of a script's `return`.
    pub(crate) async fn script(&self, script: &str) -> Value {
        let returned = self.browser.execute(script, Vec::new()).await;
        returned.expect("a script that runs").json().clone()
    }

    /// Keeps a picture of the page, where pictures are wanted.
    pub(crate) async fn picture(&self, name: &str) {
        let Some(folder) = std::env::var_os("SIGNOFF_SCREENSHOTS") else {
            return;
        };
        let png = self.browser.screenshot_as_png().await.expect("a picture");
        let folder = std::path::Path::new(&folder);
        std::fs::create_dir_all(folder).expect("a folder");
        std::fs::write(folder.join(format!("{name}.png")), png).expect("a file");
    }
}

/// A browser, or none after a loud line where none is required.
pub(crate) async fn browser(options: &Options) -> Option<Chromium> {
    let required = std::env::var("SIGNOFF_BROWSER").is_ok_and(|value| value == "required");
    match Chromium::start_with(options).await {
        Ok(browser) => Some(browser),
        Err(error) if error.is_absence() && !required => {
            let mut stderr = std::io::stderr();
            let _ = writeln!(
                stderr,
                "######## SKIPPED: a test of the pages, because {error} ########"
            );
            None
        }
        Err(error) => panic!("{error}"),
    }
}

fn addresses(site: &MockServer) -> (String, String) {
    let origin = site.uri();
    (format!("{origin}/callback"), format!("{origin}/signed-off"))
}

pub(crate) fn parameter(address: &Url, name: &str) -> Option<String> {
    let found = address.query_pairs().find(|(known, _)| known == name);
    found.map(|(_, value)| value.into_owned())
}

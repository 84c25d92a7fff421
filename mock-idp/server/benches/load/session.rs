//! A browser and its application at the mock: sign on by the flow's JSON, sign off with the hint.

use mock_idp::standard::PINGONE_ENVIRONMENT;
use serde_json::Value;

use crate::serving::{CALLBACK, CLIENT, OUT, SECRET, password_of};
use crate::wire::{Answer, Line, get, post};

/// A browser with a connection and the session cookie it was given.
pub(crate) struct Browser {
    line: Line,
    cookies: Vec<(String, String)>,
}

impl Browser {
    pub(crate) fn new(line: Line) -> Self {
        Self {
            line,
            cookies: Vec::new(),
        }
    }

    fn cookie_field(&self) -> String {
        if self.cookies.is_empty() {
            return String::new();
        }
        let pairs = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"));
        format!("Cookie: {}\r\n", pairs.collect::<Vec<_>>().join("; "))
    }

    async fn ask(&mut self, request: &[u8]) -> Answer {
        let answer = self.line.ask(request).await;
        for field in answer.all("set-cookie") {
            let pair = field.split(';').next().unwrap_or_default();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        answer
    }

    async fn get(&mut self, target: &str) -> Answer {
        let request = get(target, &self.cookie_field());
        self.ask(&request).await
    }

    async fn post(&mut self, target: &str, kind: &str, content: &str) -> Answer {
        let request = post(target, &self.cookie_field(), kind, content);
        self.ask(&request).await
    }

    /// Signs on, and gives the ID token.
    pub(crate) async fn sign_on(&mut self, user: &str) -> String {
        let flow = self.get(&authorize("response_mode=pi.flow")).await;
        let flow = json(&flow)["id"].as_str().unwrap().to_owned();
        let check = format!(
            r#"{{"username":"{user}","password":"{}"}}"#,
            password_of(user)
        );
        let kind = "application/vnd.pingidentity.usernamePassword.check+json";
        let checked = self
            .post(&at(&format!("/flows/{flow}")), kind, &check)
            .await;
        assert_eq!(json(&checked)["status"], "COMPLETED");
        let resumed = self.get(&at(&format!("/as/resume?flowId={flow}"))).await;
        let resumed = json(&resumed);
        let code = resumed["authorizeResponse"]["code"].as_str().unwrap();
        let form = format!(
            "grant_type=authorization_code&code={code}&redirect_uri={CALLBACK}&client_id={CLIENT}&client_secret={SECRET}"
        );
        let kind = "application/x-www-form-urlencoded";
        let tokens = self.post(&at("/as/token"), kind, &form).await;
        json(&tokens)["id_token"].as_str().unwrap().to_owned()
    }

    /// Whether there is a code without anybody signing on.
    pub(crate) async fn is_signed_on(&mut self) -> bool {
        let answer = self.get(&authorize("prompt=none")).await;
        let location = answer.location();
        assert!(location.contains("code=") || location.contains("error=login_required"));
        location.contains("code=")
    }

    /// Signs off with the cookie and the hint.
    pub(crate) async fn sign_off(&mut self, id_token: &str) {
        let answer = self.get(&sign_off(id_token)).await;
        assert_eq!(answer.status(), 302);
        assert!(
            answer
                .location()
                .starts_with("https://a.example/signed-off?state=")
        );
    }

    /// Signs off with the hint alone, this often.
    pub(crate) async fn sign_off_again(&mut self, id_token: &str, times: usize) {
        let request = get(&sign_off(id_token), "");
        for _ in 0..times {
            assert_eq!(self.line.status(&request).await, 302);
        }
    }
}

/// A sign-off request as an application makes it.
pub(crate) fn sign_off(id_token: &str) -> String {
    at(&format!(
        "/as/signoff?id_token_hint={id_token}&post_logout_redirect_uri={OUT}&state=af0ifjsldkj"
    ))
}

fn authorize(more: &str) -> String {
    at(&format!(
        "/as/authorize?client_id={CLIENT}&response_type=code&scope=openid&redirect_uri={CALLBACK}&{more}"
    ))
}

fn at(below: &str) -> String {
    format!("/{PINGONE_ENVIRONMENT}{below}")
}

fn json(answer: &Answer) -> Value {
    let shown = String::from_utf8_lossy(&answer.content);
    serde_json::from_slice(&answer.content)
        .unwrap_or_else(|_| panic!("status {}: {shown}", answer.status()))
}

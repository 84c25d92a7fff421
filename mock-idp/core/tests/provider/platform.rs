//! Calls of the platform API, and the environment that they are made in.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mock_idp_core::{Client, Config, Op, Request, Response};
use serde_json::{Value, json};

use super::browser::{ENV, form, p1, pingone, start};

pub(crate) const API: &str = "https://api.pingone.com/v1";

pub(crate) fn world() -> Config {
    let mut config = pingone();
    config.tenants[0]
        .clients
        .push(Client::worker("worker", "worker-secret"));
    config
}

/// A worker with its token.
pub(crate) struct Worker {
    pub(crate) op: Op,
    pub(crate) token: String,
}

impl Worker {
    pub(crate) fn at(config: Config) -> Self {
        let mut op = Op::new(config).unwrap();
        let token = token(&mut op, "worker");
        Self { op, token }
    }

    pub(crate) fn send(&mut self, method: &str, path: &str, body: Option<&Value>) -> Response {
        self.send_as(method, path, "application/json", body)
    }

    pub(crate) fn send_as(
        &mut self,
        method: &str,
        path: &str,
        media_type: &str,
        body: Option<&Value>,
    ) -> Response {
        let request = request(method, path, media_type, body)
            .with_header("Authorization", format!("Bearer {}", self.token));
        self.op.handle(&request, start())
    }

    /// A call below the environment that must end with this status.
    pub(crate) fn call(&mut self, method: &str, path: &str, body: &Value, status: u16) -> Value {
        let body = Some(body).filter(|body| !body.is_null());
        let answer = self.send(method, &format!("/environments/{ENV}{path}"), body);
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        assert_eq!(answer.status, status, "{method} {path}: {text}");
        serde_json::from_str(&text).unwrap_or_default()
    }

    pub(crate) fn get(&mut self, path: &str) -> Value {
        self.call("GET", path, &Value::Null, 200)
    }
}

pub(crate) fn request(method: &str, path: &str, media_type: &str, body: Option<&Value>) -> Request {
    let mut request = Request::get(format!("{API}{path}"));
    method.clone_into(&mut request.method);
    match body {
        Some(body) => {
            request.body = body.to_string().into_bytes();
            request.with_header("Content-Type", media_type)
        }
        None => request,
    }
}

pub(crate) fn token(op: &mut Op, client: &str) -> String {
    let credentials = STANDARD.encode(format!("{client}:{client}-secret"));
    let request = Request::post_form(
        format!("{}/token", p1()),
        form(&[("grant_type", "client_credentials")]),
    )
    .with_header("Authorization", format!("Basic {credentials}"));
    let answer: Value = serde_json::from_slice(&op.handle(&request, start()).body).unwrap();
    answer["access_token"].as_str().unwrap().to_owned()
}

/// Codes and targets of what was wrong.
pub(crate) fn details(error: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let details = error["details"].as_array().unwrap();
    details
        .iter()
        .map(|detail| (text(&detail["code"]), text(&detail["target"])))
        .collect()
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

pub(crate) fn user(name: &str) -> Value {
    json!({ "username": name, "email": format!("{name}@example.com") })
}

//! The identity provider behind a connection: what it says of itself, and what it is asked.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde_json::Value;

use crate::call::{CallAnswer, Turn};
use crate::config::Upstream;
use crate::http::Request;
use crate::parameters::encoded;
use crate::realm::Realm;

/// A discovery document that names the issuer it was asked for (Discovery section 4.3).
pub(super) struct Metadata(Value);

impl Metadata {
    pub(super) fn endpoint(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str)
    }
}

/// Reads the discovery document, and goes on with it or with what is wrong with it.
pub(super) fn discovered(
    upstream: &Upstream,
    then: impl FnOnce(&mut Realm, Result<Metadata, String>, Timestamp) -> Turn + Send + 'static,
) -> Turn {
    let issuer = upstream.issuer.clone();
    let url = format!(
        "{}/.well-known/openid-configuration",
        issuer.trim_end_matches('/')
    );
    Turn::call(
        Request::get(url),
        "discovery of the identity provider",
        move |realm, answer, now| then(realm, metadata(&issuer, answer), now),
    )
}

fn metadata(issuer: &str, answer: CallAnswer) -> Result<Metadata, String> {
    let document = json(answer)?;
    if document["issuer"].as_str() == Some(issuer) {
        Ok(Metadata(document))
    } else {
        Err("its discovery document names another issuer".to_owned())
    }
}

/// The JSON of an answer with status 200, or what came instead.
pub(super) fn json(answer: CallAnswer) -> Result<Value, String> {
    let response = answer.map_err(|why| why.to_string())?;
    if response.status != 200 {
        return Err(format!("it answered {}", response.status));
    }
    serde_json::from_slice(&response.body).map_err(|_| "it answered no JSON".to_owned())
}

/// A form to one of its endpoints, with the client's authentication (RFC 6749 section 2.3.1).
pub(super) fn form(upstream: &Upstream, endpoint: &str, fields: &[(&str, &str)]) -> Request {
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", encoded(value.as_bytes())))
        .collect();
    let credentials = format!(
        "{}:{}",
        encoded(upstream.client_id.as_bytes()),
        encoded(upstream.client_secret.as_bytes())
    );
    Request::post_form(endpoint, pairs.join("&"))
        .with_header("Accept", "application/json")
        .with_header(
            "Authorization",
            format!("Basic {}", STANDARD.encode(credentials)),
        )
}

//! Counts what goes over a wire.

use serde_json::Value;
use signoff_runner::engine::{Command, Failure, Fidelity, Wire};
use signoff_runner::oidc::{Request, Response, Timestamp};

/// A wire, what was sent over it, and the signed tokens that came back.
pub(crate) struct Counted<W> {
    wire: W,
    pub(crate) requests: Vec<(Request, Fidelity)>,
    pub(crate) tokens: Vec<Vec<u8>>,
}

impl<W: Wire> Counted<W> {
    pub(crate) fn new(wire: W) -> Self {
        Counted {
            wire,
            requests: Vec::new(),
            tokens: Vec::new(),
        }
    }
}

impl<W: Wire> Wire for Counted<W> {
    async fn begin(&mut self, seed: u64) -> Result<(), Failure> {
        self.wire.begin(seed).await
    }

    async fn send(&mut self, request: &Request, fidelity: Fidelity) -> Result<Response, Failure> {
        self.requests.push((request.clone(), fidelity));
        let response = self.wire.send(request, fidelity).await?;
        self.tokens.extend(signed_tokens(&response));
        Ok(response)
    }

    async fn command(&mut self, command: &Command) -> Result<bool, Failure> {
        self.wire.command(command).await
    }

    fn now(&self) -> Timestamp {
        self.wire.now()
    }
}

/// The signed tokens of a token response (RFC 6749 section 5.1): three parts each (RFC 7515 section 3.1).
fn signed_tokens(response: &Response) -> Vec<Vec<u8>> {
    let body: Value = serde_json::from_slice(&response.body).unwrap_or(Value::Null);
    let tokens = ["id_token", "access_token", "refresh_token"];
    tokens
        .iter()
        .filter_map(|name| body[name].as_str())
        .filter(|token| token.split('.').count() == 3)
        .map(|token| token.as_bytes().to_vec())
        .collect()
}

//! Clients that register themselves. What was registered at a real IdP is deleted again where RFC 7592 shows the way.

use super::{Case, Halt};
use crate::wire::{Fidelity, Wire};
use serde_json::{Value, json};
use signoff_oidc::{Request, Response};
use signoff_rules::trials::{Registration, RegistrationKind};

/// Where these clients would live: a name that RFC 2606 keeps free.
const SIGN_IN: &str = "https://client.example/callback";
const SIGN_OFF: [&str; 2] = [
    "https://client.example/signed-out",
    "https://client.example:8443/signed-out?from=signoff&x=%7E",
];

const KINDS: [RegistrationKind; 8] = [
    RegistrationKind::Confidential,
    RegistrationKind::Public,
    RegistrationKind::PublicToHttp,
    RegistrationKind::ToScript,
    RegistrationKind::ToData,
    RegistrationKind::FromHttp,
    RegistrationKind::Native,
    RegistrationKind::NativeFromHttp,
];

/// The metadata to ask for (Dynamic Client Registration 1.0 section 2, RP-Initiated Logout 1.0 section 3.1).
fn metadata(kind: RegistrationKind) -> Value {
    let mut asked = json!({
        "client_name": "signoff",
        "application_type": "web",
        "response_types": ["code"],
        "grant_types": ["authorization_code"],
        "token_endpoint_auth_method": "client_secret_basic",
        "redirect_uris": [SIGN_IN],
        "post_logout_redirect_uris": SIGN_OFF,
    });
    let mut set = |member: &str, value: Value| asked[member] = value;
    match kind {
        RegistrationKind::Confidential => {}
        RegistrationKind::Public => set("token_endpoint_auth_method", "none".into()),
        RegistrationKind::PublicToHttp => {
            set("token_endpoint_auth_method", "none".into());
            set(
                "post_logout_redirect_uris",
                json!(["http://client.example/signed-out"]),
            );
        }
        RegistrationKind::ToScript => set(
            "post_logout_redirect_uris",
            json!(["javascript:alert(document.domain)"]),
        ),
        RegistrationKind::ToData => set(
            "post_logout_redirect_uris",
            json!(["data:text/html,signed%20out"]),
        ),
        RegistrationKind::FromHttp => {
            set("redirect_uris", json!(["http://client.example/callback"]));
        }
        RegistrationKind::Native | RegistrationKind::NativeFromHttp => {
            let uri = if kind == RegistrationKind::Native {
                "com.example.client:/callback"
            } else {
                "http://client.example/callback"
            };
            set("application_type", "native".into());
            set("token_endpoint_auth_method", "none".into());
            set("redirect_uris", json!([uri]));
            set(
                "post_logout_redirect_uris",
                json!(["com.example.client:/signed-out"]),
            );
        }
    }
    asked
}

impl<W: Wire> Case<'_, W> {
    pub(super) async fn try_registration(&mut self) -> Result<Vec<Registration>, Halt> {
        let endpoint = self.endpoint("registration_endpoint")?;
        self.wire.begin(self.seed).await?;
        let mut made = Vec::new();
        for kind in KINDS {
            let asked = metadata(kind);
            let mut request = Request::get(&endpoint).ok_or_else(|| {
                Halt::NotApplicable("the registration_endpoint is no http(s) URL".to_owned())
            })?;
            "POST".clone_into(&mut request.method);
            request.body = asked.to_string().into_bytes();
            let request = request.with_header("Content-Type", "application/json");
            let answer = self.exchange(&request, Fidelity::Ordinary).await;
            let closed = answer
                .as_ref()
                .is_ok_and(|answer| matches!(answer.status, 401 | 403));
            if closed && made.is_empty() {
                return Err(Halt::NotApplicable(
                    "clients may register only with an access token".to_owned(),
                ));
            }
            if let Ok(answer) = &answer {
                self.forget_client(answer).await;
            }
            made.push(Registration {
                kind,
                asked,
                answer: answer.map_err(|failure| failure.what),
            });
        }
        Ok(made)
    }

    /// Names the secrets of a client that was registered, and deletes it where it says how (RFC 7592 section 2.3).
    async fn forget_client(&mut self, answer: &Response) {
        let known: Value = serde_json::from_slice(&answer.body).unwrap_or(Value::Null);
        for (member, name) in [
            ("client_secret", "secret of a registered client"),
            ("registration_access_token", "registration access token"),
        ] {
            if let Some(secret) = known[member].as_str() {
                self.names.add(secret, name);
            }
        }
        let address = known["registration_client_uri"].as_str();
        let token = known["registration_access_token"].as_str();
        let (Some(address), Some(token)) = (address, token) else {
            return;
        };
        // The token goes to the IdP and to nobody else.
        if !self.world.is_own(address) {
            return;
        }
        if let Some(mut request) = Request::get(address) {
            "DELETE".clone_into(&mut request.method);
            let request = request.with_header("Authorization", format!("Bearer {token}"));
            // Whether it worked changes no verdict.
            drop(self.exchange(&request, Fidelity::Ordinary).await);
        }
    }
}

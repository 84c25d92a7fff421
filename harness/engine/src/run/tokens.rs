//! Trying the tokens of a sign-in: a refresh grant (RFC 6749 section 6) and a request for `UserInfo` (Core 1.0
//! section 5.3), before and after a sign-off.

use super::{Case, Halt};
use crate::sign_in;
use crate::wire::{Fidelity, Wire};
use serde_json::Value;
use signoff_oidc::{Params, Request, Response};
use signoff_rules::record::{Life, Offline, Probe, SignedIn, Witness};

/// Tokens that are tried whenever the sessions are looked at.
#[derive(Debug)]
pub(super) struct Watched {
    /// The number of the sign-in.
    sign_in: usize,
    client_id: String,
    /// The newest refresh token: an IdP may replace it each time it is used.
    pub(super) refresh: String,
    /// An access token that worked when it was last tried, or has not been tried yet.
    pub(super) access: String,
    /// Whether it took `offline_access` to get them.
    pub(super) offline: bool,
}

impl<W: Wire> Case<'_, W> {
    /// Has the tokens of the next entry of the ledger tried from now on.
    pub(super) fn watch(&mut self, signed_in: &SignedIn) -> Result<(), Halt> {
        let Some(refresh) = signed_in.refresh_token.clone() else {
            return Err(Halt::NotApplicable(
                "the IdP issued no refresh token".to_owned(),
            ));
        };
        self.watched.push(Watched {
            sign_in: self.record.ledger.sign_ins.len(),
            client_id: signed_in.client_id.clone(),
            refresh,
            access: signed_in.access_token.clone(),
            offline: signed_in.offline == Offline::Granted,
        });
        Ok(())
    }

    /// Tries them all.
    pub(super) async fn try_tokens(&mut self) -> Vec<Probe> {
        let mut probes = Vec::new();
        for at in 0..self.watched.len() {
            let number = self.watched[at].sign_in;
            // The access token first: using the refresh token may replace it.
            let access = self.watched[at].access.clone();
            if let Some(life) = self.ask_user_info(&access).await {
                let witness = Witness::UserInfo(number);
                probes.push(Probe { witness, life });
            }
            let life = self.refresh(at).await;
            let witness = Witness::Refresh(number);
            probes.push(Probe { witness, life });
        }
        probes
    }

    pub(super) async fn refresh(&mut self, at: usize) -> Life {
        let (id, token) = (
            self.watched[at].client_id.clone(),
            self.watched[at].refresh.clone(),
        );
        let client = self
            .target
            .clients()
            .into_iter()
            .find(|client| client.id == id);
        let Some(client) = client.filter(|_| !self.disabled.contains(&id)) else {
            return Life::Unknown("the client of the refresh token is disabled".to_owned());
        };
        let params = Params::new()
            .with("grant_type", "refresh_token")
            .with("refresh_token", token.as_str());
        let response = match sign_in::token_request(self, &client, params).await {
            Ok(response) => response,
            Err(error) => {
                return Life::Unknown(format!("the refresh grant failed: {}", error.what));
            }
        };
        let body: Value = serde_json::from_slice(&response.body).unwrap_or(Value::Null);
        self.take_new_tokens(at, &body).await;
        match (response.status, body["error"].as_str()) {
            (200, _) if body["access_token"].is_string() => Life::Alive(None),
            (400, Some("invalid_grant")) => Life::Ended,
            (status, error) => Life::Unknown(format!(
                "the refresh grant answered {status} ({})",
                error.unwrap_or("no error code")
            )),
        }
    }

    /// Goes on with what a refresh grant gave, where it works: the tokens before may be refused for no other reason
    /// than having been replaced.
    async fn take_new_tokens(&mut self, at: usize, body: &Value) {
        let number = self.watched[at].sign_in;
        for (member, kind) in [
            ("access_token", "access token"),
            ("id_token", "id token"),
            ("refresh_token", "refresh token"),
        ] {
            if let Some(text) = body[member].as_str() {
                self.names.add(text, &format!("refreshed {kind} {number}"));
            }
        }
        if let Some(next) = body["refresh_token"].as_str() {
            next.clone_into(&mut self.watched[at].refresh);
        }
        if let Some(next) = body["access_token"].as_str()
            && matches!(self.ask_user_info(next).await, Some(Life::Alive(_)))
        {
            next.clone_into(&mut self.watched[at].access);
        }
    }

    /// Nothing when there is no `UserInfo` to ask.
    pub(super) async fn ask_user_info(&mut self, access_token: &str) -> Option<Life> {
        let metadata = self.world.metadata.as_ref()?;
        let request = Request::get(metadata.text("userinfo_endpoint")?)?;
        let bearer = format!("Bearer {access_token}");
        let request = request.with_header("Authorization", bearer);
        Some(match self.exchange(&request, Fidelity::Ordinary).await {
            Err(failure) => Life::Unknown(format!("UserInfo gave no answer: {failure}")),
            Ok(response) => life_by_user_info(&response),
        })
    }
}

fn life_by_user_info(response: &Response) -> Life {
    let body: Value = serde_json::from_slice(&response.body).unwrap_or(Value::Null);
    match response.status {
        200 => Life::Alive(body["sub"].as_str().map(str::to_owned)),
        401 => Life::Ended,
        status => Life::Unknown(format!("UserInfo answered {status}")),
    }
}

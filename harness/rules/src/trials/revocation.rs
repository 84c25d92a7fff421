//! Tokens that were to be revoked.

use super::Trials;
use crate::record::Life;
use crate::ruling::{Seen, Stop};
use serde_json::Value;
use signoff_oidc::Response;

/// What was to be revoked, and by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RevocationKind {
    /// A refresh token, by its client.
    Refresh,
    /// A refresh token, by its client, which says that it is an access token.
    RefreshHintedAccess,
    /// An access token, by its client.
    Access,
    /// A refresh token, by another client.
    ByOtherClient,
    /// A refresh token, by its client's id with a wrong secret.
    WithWrongSecret,
    /// A text that is no token.
    Unknown,
    /// A request without a token.
    WithoutToken,
}

/// Whether the tokens of a grant work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lives {
    /// A refresh grant with the newest refresh token.
    pub refresh: Life,
    /// `UserInfo` with the newest access token; nothing when there is no such endpoint.
    pub user_info: Option<Life>,
}

/// One request to revoke, and its answer.
#[derive(Debug, Clone)]
pub struct Revocation {
    /// What, and by whom.
    pub kind: RevocationKind,
    /// What came back, or why nothing did.
    pub answer: Result<Response, String>,
    /// The tokens right before; nothing where none was concerned.
    pub before: Option<Lives>,
    /// The tokens right after.
    pub after: Option<Lives>,
}

impl Revocation {
    /// The status, if there was an answer.
    pub fn status(&self) -> Option<u16> {
        self.answer.as_ref().ok().map(|answer| answer.status)
    }

    /// The error code of the answer (RFC 6749 section 5.2).
    pub fn error(&self) -> Option<String> {
        let body = &self.answer.as_ref().ok()?.body;
        let body: Value = serde_json::from_slice(body).ok()?;
        body["error"].as_str().map(str::to_owned)
    }

    /// The answer in words.
    pub fn describe(&self) -> String {
        match (&self.answer, self.error()) {
            (Err(why), _) => format!("no answer: {why}"),
            (Ok(answer), Some(error)) => format!("status {} ({error})", answer.status),
            (Ok(answer), None) => format!("status {}", answer.status),
        }
    }

    /// Whether the refresh token works no more, which did before. Ends the ruling as undecided where it did not, or
    /// where the endpoint did not deal with the request at all.
    pub fn refresh_ended(&self) -> Result<Seen, Stop> {
        self.dealt_with()?;
        let life = |lives: &Option<Lives>| lives.as_ref().map(|lives| lives.refresh.clone());
        ended(
            "refresh token",
            life(&self.before).as_ref(),
            life(&self.after).as_ref(),
        )
    }

    /// The same for the access token. Not applicable where there is no `UserInfo` to try it at.
    pub fn access_ended(&self) -> Result<Seen, Stop> {
        self.dealt_with()?;
        let life = |lives: &Option<Lives>| lives.as_ref().and_then(|lives| lives.user_info.clone());
        if life(&self.before).is_none() {
            return Err(Stop::NotMine(
                "the OP has no UserInfo to try access tokens at".to_owned(),
            ));
        }
        ended(
            "access token",
            life(&self.before).as_ref(),
            life(&self.after).as_ref(),
        )
    }

    /// Not when the client was turned away, and not when the server is down or busy.
    fn dealt_with(&self) -> Result<(), Stop> {
        match self.status() {
            Some(200..=299 | 400) => Ok(()),
            _ => Err(Stop::Undecided(format!(
                "the revocation request got {}",
                self.describe()
            ))),
        }
    }
}

fn ended(what: &str, before: Option<&Life>, after: Option<&Life>) -> Result<Seen, Stop> {
    match before {
        Some(Life::Alive(_)) => {}
        _ => {
            return Err(Stop::Undecided(format!(
                "the {what} did not work before, so nothing can be revoked"
            )));
        }
    }
    Ok(match after {
        Some(Life::Ended) => Seen::Yes(format!("the {what} is refused")),
        Some(Life::Alive(_)) => Seen::No(format!("the {what} still works")),
        Some(Life::Unknown(why)) => Seen::Unknown(why.clone()),
        None => Seen::Unknown(format!("the {what} was not tried afterwards")),
    })
}

impl Trials {
    /// The request of this kind, or an end as not applicable or undecided.
    pub fn revocation(&self, kind: RevocationKind) -> Result<&Revocation, Stop> {
        let made = self.revocation.made()?;
        made.iter()
            .find(|revocation| revocation.kind == kind)
            .ok_or_else(|| Stop::NotMine("no such request was made".to_owned()))
    }

    /// Ends the ruling as undecided unless a client could revoke its own refresh token: what survives in other hands
    /// proves something only beside it.
    pub(crate) fn revocation_works(&self) -> Result<(), Stop> {
        let own = self.revocation(RevocationKind::Refresh)?;
        let ended = own.refresh_ended()?;
        if own.status() == Some(200) && ended.is_yes() {
            return Ok(());
        }
        Err(Stop::Undecided(
            "no client could revoke its own refresh token (see REV-2-01)".to_owned(),
        ))
    }
}

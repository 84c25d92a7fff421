//! Clients that register themselves.

use super::{Trials, must};
use crate::ruling::{Ruling, Seen, Stop};
use serde_json::Value;
use signoff_oidc::Response;

/// As what a client tried to register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegistrationKind {
    /// A web client with a secret and https URIs, one of them with port and query.
    Confidential,
    /// The same without a secret.
    Public,
    /// Without a secret, and signing off to an http URI.
    PublicToHttp,
    /// With a secret, and signing off to a URI that runs script.
    ToScript,
    /// With a secret, and signing off to a URI that is a document of its own.
    ToData,
    /// With a secret, and signing in at an http URI of another machine.
    FromHttp,
    /// A native client with a scheme of its own.
    Native,
    /// A native client with an http URI of another machine.
    NativeFromHttp,
}

/// One request to register, and its answer.
#[derive(Debug, Clone)]
pub struct Registration {
    /// As what.
    pub kind: RegistrationKind,
    /// The metadata that were asked for.
    pub asked: Value,
    /// What came back, or why nothing did.
    pub answer: Result<Response, String>,
}

impl Registration {
    /// The metadata of the client, where one was registered (Dynamic Client Registration 1.0 section 3.2).
    pub fn registered(&self) -> Option<Value> {
        let answer = self.answer.as_ref().ok()?;
        let success = matches!(answer.status, 200 | 201);
        let known: Value = serde_json::from_slice(&answer.body).ok()?;
        (success && known["client_id"].is_string()).then_some(known)
    }

    /// The answer in words. It quotes nothing of a success, which has a secret.
    pub fn describe(&self) -> String {
        match &self.answer {
            Err(why) => format!("no answer: {why}"),
            Ok(answer) => {
                let body: Value = serde_json::from_slice(&answer.body).unwrap_or(Value::Null);
                match body["error"].as_str() {
                    Some(error) => format!("status {} ({error})", answer.status),
                    None => format!("status {}", answer.status),
                }
            }
        }
    }

    /// Whether the client was registered with the URIs of this member that it asked for. What the answer gives back
    /// counts: the server may put others in their place (section 3.2). A member that the answer lacks is unknown.
    pub fn has_uris(&self, member: &str) -> Seen {
        let Some(known) = self.registered() else {
            return match &self.answer {
                Ok(answer) if (400..500).contains(&answer.status) && answer.status != 429 => {
                    Seen::No(format!("refused with {}", self.describe()))
                }
                _ => Seen::Unknown(format!("the registration got {}", self.describe())),
            };
        };
        let asked = self.asked[member].as_array();
        match (&known[member], asked) {
            (Value::Array(known), Some(asked)) => {
                let added = asked.iter().find(|uri| known.contains(uri));
                added.map_or_else(
                    || Seen::No("registered without it".to_owned()),
                    |uri| Seen::Yes(format!("registered with {uri}")),
                )
            }
            _ => Seen::Unknown(format!(
                "registered, and the answer does not say with which {member}"
            )),
        }
    }
}

impl Trials {
    /// The registration of this kind, or an end as not applicable or undecided.
    pub fn registration(&self, kind: RegistrationKind) -> Result<&Registration, Stop> {
        let made = self.registration.made()?;
        made.iter()
            .find(|registration| registration.kind == kind)
            .ok_or_else(|| Stop::NotMine("no such client tried to register".to_owned()))
    }

    /// Kept when the client with the bad URI in `member` was refused or registered without it, beside a client that
    /// differs in nothing but a good URI and was registered with it.
    pub(crate) fn refuses(
        &self,
        bad: RegistrationKind,
        good: RegistrationKind,
        member: &str,
        expected: &str,
    ) -> Ruling {
        let (good, bad) = (self.registration(good)?, self.registration(bad)?);
        let seen = bad.has_uris(member).inverted();
        if seen.is_no() {
            return must(seen, expected);
        }
        if good.registered().is_some() && good.has_uris(member).is_yes() {
            return must(seen, expected);
        }
        Err(Stop::Undecided(format!(
            "the same client with a good URI did not get it either: {}",
            good.describe()
        )))
    }
}

//! Authorization requests (Core section 3.1.2, RFC 7636): what every dialect checks before anybody signs on.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::clock::after;
use crate::config::{Client, Grant, Pkce};
use crate::dialects;
use crate::http::Response;
use crate::page;
use crate::parameters::{Given, Parameters};
use crate::realm::Realm;
use crate::sessions::{Code, EndUser, Session};
use crate::uri;

/// An authorization request that may be answered to its client.
#[derive(Debug, Clone)]
pub(crate) struct Authorization {
    pub(crate) client: String,
    pub(crate) reply: Reply,
    pub(crate) nonce: Option<String>,
    pub(crate) scope: String,
    pub(crate) challenge: Option<Challenge>,
    pub(crate) prompt: Prompt,
    pub(crate) max_age: Option<u32>,
    pub(crate) login_hint: String,
    /// The sign-on policy: the first of `acr_values` that there is, else the usual one.
    pub(crate) acr: String,
    pub(crate) wanted: Wanted,
}

/// What a request wants besides, where a product reads it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wanted {
    /// Only this user will do.
    pub(crate) user: Option<String>,
    /// The person is to be asked for consent.
    pub(crate) consent: bool,
    pub(crate) claims: NamedClaims,
}

/// Claims asked for by name (Core section 5.5).
#[derive(Debug, Clone, Default)]
pub(crate) struct NamedClaims {
    pub(crate) id_token: BTreeSet<String>,
    pub(crate) userinfo: BTreeSet<String>,
}

/// Where the answer goes, and how.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) redirect_uri: String,
    pub(crate) state: Option<Vec<u8>>,
    pub(crate) mode: ResponseMode,
    /// The issuer, where responses name it (RFC 9207).
    pub(crate) issuer: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ResponseMode {
    Query,
    Fragment,
    FormPost,
    /// PingOne: JSON in the conversation of the sign-on itself.
    PiFlow,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Prompt {
    AsNeeded,
    None,
    Login,
}

/// A PKCE challenge (RFC 7636 section 4.2).
#[derive(Debug, Clone)]
pub(crate) struct Challenge {
    pub(crate) value: String,
    pub(crate) hashed: bool,
}

/// A request that cannot go on.
#[derive(Debug)]
pub(crate) enum Rejected {
    /// To be shown to the person: nobody knows whether the redirect URI is the client's.
    Shown {
        parameter: &'static str,
        message: &'static str,
    },
    /// To be sent to the client.
    Sent {
        reply: Reply,
        error: &'static str,
        description: &'static str,
    },
}

/// Reads an authorization request.
pub(crate) fn read(
    realm: &Realm,
    sent: &Parameters,
    modes: &[ResponseMode],
) -> Result<Authorization, Rejected> {
    let client = client(realm, sent)?;
    let reply = reply_of(realm, client, sent, modes)?;
    if let Some((error, description)) = objection(client, sent) {
        return Err(Rejected::Sent {
            reply,
            error,
            description,
        });
    }
    let hashed = sent.text("code_challenge_method") == Some("S256");
    Ok(Authorization {
        client: client.id.clone(),
        reply,
        nonce: sent.text("nonce").map(str::to_owned),
        scope: sent.text("scope").unwrap_or_default().to_owned(),
        challenge: sent.text("code_challenge").map(|value| Challenge {
            value: value.to_owned(),
            hashed,
        }),
        prompt: prompt(sent),
        max_age: sent.text("max_age").and_then(|age| age.parse().ok()),
        login_hint: sent.text("login_hint").unwrap_or_default().to_owned(),
        acr: acr(realm, sent),
        wanted: Wanted::default(),
    })
}

fn client<'a>(realm: &'a Realm, sent: &Parameters) -> Result<&'a Client, Rejected> {
    let parameter = "client_id";
    let message = "The application does not exist or is disabled.";
    sent.text(parameter)
        .and_then(|id| realm.tenant.client(id))
        .filter(|client| client.enabled)
        .ok_or(Rejected::Shown { parameter, message })
}

fn reply_of(
    realm: &Realm,
    client: &Client,
    sent: &Parameters,
    modes: &[ResponseMode],
) -> Result<Reply, Rejected> {
    let registered = sent
        .text("redirect_uri")
        .filter(|uri| client.redirect_uris.iter().any(|known| known == uri));
    let Some(redirect_uri) = registered else {
        let message = "The redirect URI is not registered for the application.";
        return Err(Rejected::Shown {
            parameter: "redirect_uri",
            message,
        });
    };
    let mode = match sent.given("response_mode") {
        Given::Absent | Given::Once(b"query") => Some(ResponseMode::Query),
        Given::Once(b"fragment") => Some(ResponseMode::Fragment),
        Given::Once(b"form_post") => Some(ResponseMode::FormPost),
        Given::Once(b"pi.flow") => Some(ResponseMode::PiFlow),
        Given::Once(_) | Given::Repeated => None,
    };
    let Some(mode) = mode.filter(|mode| modes.contains(mode)) else {
        let message = "The response mode is not supported.";
        return Err(Rejected::Shown {
            parameter: "response_mode",
            message,
        });
    };
    let state = sent.octets("state").map(<[u8]>::to_vec);
    Ok(Reply {
        redirect_uri: redirect_uri.to_owned(),
        state,
        mode,
        issuer: dialects::issuer_in_response(realm),
    })
}

const ONCE: &[&str] = &[
    "response_type",
    "scope",
    "state",
    "nonce",
    "prompt",
    "max_age",
    "code_challenge",
    "code_challenge_method",
    "login_hint",
    "acr_values",
];

fn objection(client: &Client, sent: &Parameters) -> Option<(&'static str, &'static str)> {
    let invalid = |description| Some(("invalid_request", description));
    if ONCE.iter().any(|name| sent.given(name) == Given::Repeated) {
        return invalid("A parameter was sent more than once.");
    }
    match sent.given("response_type") {
        Given::Once(b"code") => {}
        Given::Once(_) => {
            return Some((
                "unsupported_response_type",
                "Only the response type code is supported.",
            ));
        }
        Given::Absent | Given::Repeated => return invalid("The response type is missing."),
    }
    if !client.grants.contains(&Grant::AuthorizationCode) {
        return Some((
            "unauthorized_client",
            "The application may not use authorization codes.",
        ));
    }
    if !sent
        .text("scope")
        .unwrap_or_default()
        .split(' ')
        .any(|scope| scope == "openid")
    {
        return Some(("invalid_scope", "The scope openid is missing."));
    }
    if sent
        .text("max_age")
        .is_some_and(|age| age.parse::<u32>().is_err())
    {
        return invalid("max_age is no number of seconds.");
    }
    let prompts: Vec<_> = sent.text("prompt").unwrap_or_default().split(' ').collect();
    if prompts.len() > 1 && prompts.contains(&"none") {
        return invalid("prompt=none goes with no other value.");
    }
    pkce_objection(client, sent).and_then(invalid)
}

fn pkce_objection(client: &Client, sent: &Parameters) -> Option<&'static str> {
    let Some(challenge) = sent.text("code_challenge") else {
        let needed =
            client.pkce != Pkce::Optional || sent.octets("code_challenge_method").is_some();
        return needed.then_some("code_challenge is missing.");
    };
    let method = sent.text("code_challenge_method").unwrap_or("plain");
    if !(43..=128).contains(&challenge.len()) {
        Some("code_challenge has a wrong length.")
    } else if !["plain", "S256"].contains(&method) {
        Some("code_challenge_method is not supported.")
    } else if client.pkce == Pkce::S256Required && method != "S256" {
        Some("The application must use S256.")
    } else {
        None
    }
}

fn acr(realm: &Realm, sent: &Parameters) -> String {
    let policies = &realm.tenant.sign_on.policies;
    let mut asked = sent.text("acr_values").unwrap_or_default().split(' ');
    let chosen = asked.find_map(|name| policies.iter().find(|policy| *policy == name));
    chosen.or(policies.first()).cloned().unwrap_or_default()
}

fn prompt(sent: &Parameters) -> Prompt {
    let mut values = sent.text("prompt").unwrap_or_default().split(' ');
    match values.find(|value| ["none", "login"].contains(value)) {
        Some("none") => Prompt::None,
        Some(_) => Prompt::Login,
        None => Prompt::AsNeeded,
    }
}

impl Authorization {
    /// The session that answers the request without anybody signing on again, if there is one.
    pub(crate) fn served_by(&self, session: Option<Session>, now: Timestamp) -> Option<Session> {
        let fresh = |session: &Session| {
            self.max_age
                .is_none_or(|age| after(session.auth_time, age) > now)
        };
        let asked_for = |session: &Session| {
            let user = self.wanted.user.as_ref();
            user.is_none_or(|user| *user == session.user)
        };
        session
            .filter(|session| self.prompt != Prompt::Login && fresh(session) && asked_for(session))
    }

    /// Hands out a code for a session.
    pub(crate) fn grant(self, realm: &mut Realm, session: &Session, now: Timestamp) -> String {
        let code = realm.random.opaque();
        realm.store.joined(&session.id, &self.client);
        let granted = Code {
            end_user: EndUser {
                user: session.user.clone(),
                session: session.id.clone(),
                auth_time: session.auth_time,
                acr: self.acr.clone(),
            },
            expires: after(now, realm.tenant.lifetimes.code),
            authorization: self,
        };
        realm.store.codes.put(code.clone(), granted);
        code
    }
}

impl Reply {
    /// Sends the browser back to the client with a code.
    pub(crate) fn code(&self, code: &str) -> Response {
        self.code_with(code, None)
    }

    /// The same, with the `session_state` of Session Management section 2.
    pub(crate) fn code_with(&self, code: &str, session_state: Option<String>) -> Response {
        let mut answer = vec![("code", code.as_bytes().to_vec())];
        answer.extend(session_state.map(|state| ("session_state", state.into_bytes())));
        self.send(answer)
    }

    /// Sends the browser back to the client with an error (RFC 6749 section 4.1.2.1).
    pub(crate) fn error(&self, error: &str, description: &str) -> Response {
        self.send(vec![
            ("error", error.as_bytes().to_vec()),
            ("error_description", description.as_bytes().to_vec()),
        ])
    }

    fn send(&self, mut answer: Vec<(&str, Vec<u8>)>) -> Response {
        answer.extend(self.state.clone().map(|state| ("state", state)));
        let issuer = self.issuer.clone().map(String::into_bytes);
        answer.extend(issuer.map(|issuer| ("iss", issuer)));
        let pairs: Vec<_> = answer
            .iter()
            .map(|(name, value)| (*name, value.as_slice()))
            .collect();
        match self.mode {
            ResponseMode::Query | ResponseMode::PiFlow => Response::redirect(
                302,
                &uri::with_parameters(self.redirect_uri.as_bytes(), &pairs),
            ),
            ResponseMode::Fragment => {
                let query = uri::with_parameters(b"", &pairs);
                Response::redirect(
                    302,
                    &format!("{}#{}", self.redirect_uri, query.trim_start_matches('?')),
                )
            }
            ResponseMode::FormPost => {
                let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
                let fields: Vec<_> = pairs
                    .iter()
                    .map(|(name, value)| (*name, text(value)))
                    .collect();
                page::self_submitting(&self.redirect_uri, &fields)
            }
        }
    }
}

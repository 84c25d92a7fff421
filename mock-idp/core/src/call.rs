//! What the provider asks of others: of the identity provider behind it, of its applications. Without a socket: a call
//! goes out as a value and whoever drives the provider comes back with the answer.
//!
//! Two kinds. A *call* stands between a request and its response: [`Step::Call`] is resumed with what came back. A
//! *notification* delays nobody: it waits in the outbox ([`crate::Op::notifications`]), and what came of it is only noted.

use std::fmt;

use jiff::Timestamp;

use crate::http::{Request, Response};
use crate::realm::Realm;

/// How many calls one request may lead to.
pub(crate) const MOST_CALLS: usize = 16;

/// How many notifications wait; the oldest go first.
pub(crate) const MOST_NOTIFICATIONS: usize = 1_000;

/// What came of a call: the response, whatever its status, or why there is none.
pub type CallAnswer = Result<Response, NoAnswer>;

/// Why a call got no response. The text names no credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoAnswer(pub String);

impl fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NoAnswer {}

/// What the provider does next about a request.
#[derive(Debug)]
pub enum Step {
    /// It answers.
    Respond(Response),
    /// It has to ask somebody first; [`crate::Op::resume`] goes on.
    Call(Waiting),
}

/// A request that waits for the answer to a call.
pub struct Waiting {
    pub(crate) request: Request,
    pub(crate) purpose: &'static str,
    pub(crate) then: Then,
    pub(crate) tenant: String,
    pub(crate) note: Note,
    pub(crate) calls: usize,
}

impl Waiting {
    /// The call to make. Its target is in absolute form (RFC 9112 section 3.2.2) and it has no `Host`.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// What it is for.
    pub fn purpose(&self) -> &'static str {
        self.purpose
    }
}

impl fmt::Debug for Waiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Waiting")
            .field("purpose", &self.purpose)
            .field("tenant", &self.tenant)
            .finish_non_exhaustive()
    }
}

/// What the journal says of a request once it is answered.
#[derive(Debug, Clone)]
pub(crate) struct Note {
    pub(crate) method: &'static str,
    pub(crate) endpoint: &'static str,
    pub(crate) parameters: Vec<&'static str>,
}

/// Something the provider tells somebody, after its response or beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// The call to make. Its target is in absolute form and it has no `Host`.
    pub request: Request,
    /// What it is for.
    pub purpose: &'static str,
    /// The application it is for.
    pub client: String,
    /// The tenant it is from.
    pub tenant: String,
}

/// What a dialect does about a request: answer it, or ask somebody and go on.
pub(crate) enum Turn {
    Answer(Response),
    Call {
        request: Request,
        purpose: &'static str,
        then: Then,
    },
}

/// How a request goes on once its call is answered.
pub(crate) type Then = Box<dyn FnOnce(&mut Realm, CallAnswer, Timestamp) -> Turn + Send>;

impl From<Response> for Turn {
    fn from(response: Response) -> Self {
        Self::Answer(response)
    }
}

impl Turn {
    /// Asks, and goes on with what comes back.
    pub(crate) fn call(
        request: Request,
        purpose: &'static str,
        then: impl FnOnce(&mut Realm, CallAnswer, Timestamp) -> Turn + Send + 'static,
    ) -> Self {
        Self::Call {
            request,
            purpose,
            then: Box::new(then),
        }
    }
}

/// Scheme, host and port of a request in absolute form; no path, which could hold a secret.
pub(crate) fn origin_asked(request: &Request) -> String {
    let target = request.target.as_str();
    let Some((scheme, rest)) = target.split_once("://") else {
        return "(no address)".to_owned();
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    format!("{scheme}://{host}")
}

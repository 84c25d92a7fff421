//! What happened, in order, for people and tests to read. No token, code, cookie or password is ever kept here.

use std::collections::VecDeque;

use jiff::Timestamp;

use crate::http::Request;
use crate::parameters::{is_form, names};
use crate::refusal::Refusal;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Counts up from 1; never reused, also after the oldest entries were dropped.
    pub number: u64,
    /// The provider's time.
    pub at: Timestamp,
    /// The tenant it happened at; none when no tenant was found for a request.
    pub tenant: Option<String>,
    /// What happened.
    pub event: Event,
}

/// What can happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A request was answered. Only the names of its parameters are kept.
    Request {
        /// The method, if it is a known one; `(other)` otherwise.
        method: &'static str,
        /// The endpoint below the tenant's own path, ids in it as a placeholder; `(unknown)` when there is none.
        endpoint: &'static str,
        /// Names of the parameters in query and form body, unknown ones as `(other)`.
        parameters: Vec<&'static str>,
        /// The status it was answered with.
        status: u16,
    },
    /// Somebody signed on.
    SessionStarted {
        /// The session's id, the `sid` of its ID tokens.
        session: String,
        /// The subject identifier.
        user: String,
    },
    /// A session ended.
    SessionEnded {
        /// The session's id.
        session: String,
        /// The subject identifier.
        user: String,
    },
    /// A browser was asked to load an application's front-channel logout address.
    FrontChannelLogout {
        /// The application's id.
        client: String,
    },
    /// One part of the product called another (PingOne's older guide describes it).
    InternalCall {
        /// The method.
        method: &'static str,
        /// The endpoint below the tenant's own path.
        endpoint: &'static str,
        /// The cookie passed on, its value masked; none when the browser sent none.
        cookie: Option<&'static str>,
        /// The status it was answered with.
        status: u16,
        /// The `Set-Cookie` of the answer, which expires the cookie.
        set_cookie: String,
    },
    /// The provider asked or told somebody something.
    Outgoing {
        /// What it was for.
        purpose: &'static str,
        /// The method.
        method: &'static str,
        /// Scheme, host and port it went to.
        origin: String,
        /// The status it was answered with; none when there was no answer.
        status: Option<u16>,
        /// Why there was no answer.
        problem: Option<String>,
    },
    /// A sign-off, or a part of it, was refused.
    SignOffRefused {
        /// Why.
        reason: Refusal,
    },
}

pub(crate) struct Journal {
    entries: VecDeque<Entry>,
    bound: usize,
    written: u64,
}

impl Journal {
    pub(crate) fn new(bound: usize) -> Self {
        Self {
            entries: VecDeque::new(),
            bound,
            written: 0,
        }
    }

    pub(crate) fn write(&mut self, at: Timestamp, tenant: Option<&str>, event: Event) {
        self.written = self.written.saturating_add(1);
        self.entries.push_back(Entry {
            number: self.written,
            at,
            tenant: tenant.map(str::to_owned),
            event,
        });
        self.trim();
    }

    /// Keeps another number of entries from now on.
    pub(crate) fn rebound(&mut self, bound: usize) {
        self.bound = bound;
        self.trim();
    }

    /// Drops the entries of a tenant. Those that are left keep their numbers.
    pub(crate) fn forget(&mut self, tenant: &str) {
        self.entries
            .retain(|entry| entry.tenant.as_deref() != Some(tenant));
    }

    fn trim(&mut self) {
        while self.entries.len() > self.bound {
            self.entries.pop_front();
        }
    }

    pub(crate) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }
}

/// The method, if it is a known one.
pub(crate) fn method_name(request: &Request) -> &'static str {
    known(&request.method, METHODS)
}

const METHODS: &[&str] = &["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"];

const PARAMETERS: &[&str] = &[
    "id_token_hint",
    "post_logout_redirect_uri",
    "postLogoutRedirectUris",
    "state",
    "client_id",
    "logout_hint",
    "ui_locales",
    "response_type",
    "response_mode",
    "redirect_uri",
    "scope",
    "nonce",
    "prompt",
    "max_age",
    "login_hint",
    "acr_values",
    "request_uri",
    "code_challenge",
    "code_challenge_method",
    "code",
    "code_verifier",
    "grant_type",
    "refresh_token",
    "client_secret",
    "client_assertion",
    "client_assertion_type",
    "token",
    "token_type_hint",
    "username",
    "password",
    "currentPassword",
    "newPassword",
    "user",
    "deny",
    "flowId",
    "transaction",
    "confirmation",
    "answer",
    "error",
    "limit",
    "cursor",
    "profile_id",
    "session_id",
    "return_to",
    "connection",
    "organization",
    "filter",
    "logoutId",
    "LogoutId",
    "endSessionId",
    "ReturnUrl",
    "Input.ReturnUrl",
    "Username",
    "Input.Username",
    "Password",
    "Input.Password",
    "button",
    "Input.Button",
    "__RequestVerificationToken",
];

/// Names only, and only those that mean something: a name that was made up could itself hold a secret.
pub(crate) fn parameter_names(request: &Request) -> Vec<&'static str> {
    let query = request
        .target
        .split_once('?')
        .map_or("", |(_, query)| query);
    let form = if is_form(request) {
        request.body.as_slice()
    } else {
        &[]
    };
    let names = names(query.as_bytes()).chain(names(form)).take(32);
    names
        .map(|name| std::str::from_utf8(&name).map_or("(other)", |name| known(name, PARAMETERS)))
        .collect()
}

fn known(name: &str, names: &[&'static str]) -> &'static str {
    names
        .iter()
        .find(|known| **known == name)
        .copied()
        .unwrap_or("(other)")
}

//! What happened, in order, for people and tests to read. No token, code, cookie or password is ever kept here.

use std::collections::VecDeque;

use jiff::Timestamp;

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
        while self.entries.len() > self.bound {
            self.entries.pop_front();
        }
    }

    pub(crate) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }
}

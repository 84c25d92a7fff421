//! What a test expects to find in the journal.

mod failure;

use std::fmt;
use std::ops::{Bound, RangeBounds};
use std::sync::Arc;
use std::thread;

use mock_idp_core::Entry;
use serde_json::{Map, Value};

use crate::control_surface::entry_as_json;
use crate::site::Site;
pub use failure::Unmet;

/// What a test expects to find in the journal, in the journal's own words (`GET /__mock/journal` shows them).
///
/// Without [`Self::times`] it is expected at least once.
#[derive(Debug, Clone)]
pub struct Expectation {
    event: &'static str,
    members: Vec<(&'static str, Value)>,
    with: Vec<String>,
    without: Vec<String>,
    times: (usize, Option<usize>),
}

impl Expectation {
    /// A request with this method to this endpoint: its path below the tenant's own, ids in it as a placeholder
    /// (`/as/signoff`, `/flows/{id}`).
    pub fn request(method: impl Into<String>, endpoint: impl Into<String>) -> Self {
        Self::event("request")
            .member("method", method.into())
            .member("endpoint", endpoint.into())
    }

    /// Somebody signed on.
    pub fn session_started() -> Self {
        Self::event("session_started")
    }

    /// A session ended.
    pub fn session_ended() -> Self {
        Self::event("session_ended")
    }

    /// A sign-off, or a part of it, was refused.
    pub fn sign_off_refused() -> Self {
        Self::event("sign_off_refused")
    }

    fn event(event: &'static str) -> Self {
        Self {
            event,
            members: Vec::new(),
            with: Vec::new(),
            without: Vec::new(),
            times: (1, None),
        }
    }

    fn member(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.members.push((name, value.into()));
        self
    }

    /// At the tenant with this id.
    pub fn tenant(self, id: impl Into<String>) -> Self {
        self.member("tenant", id.into())
    }

    /// Answered with this status.
    pub fn status(self, status: u16) -> Self {
        self.member("status", status)
    }

    /// Of the user with this subject identifier.
    pub fn user(self, id: impl Into<String>) -> Self {
        self.member("user", id.into())
    }

    /// Because of this parameter.
    pub fn because_of(self, parameter: impl Into<String>) -> Self {
        self.member("parameter", parameter.into())
    }

    /// With this parameter. The journal knows names only, and only those that mean something.
    pub fn parameter(mut self, name: impl Into<String>) -> Self {
        self.with.push(name.into());
        self
    }

    /// Without this parameter.
    pub fn without_parameter(mut self, name: impl Into<String>) -> Self {
        self.without.push(name.into());
        self
    }

    /// As often as this: `1..=1` is once, `0..=0` never, `2..` twice or more.
    pub fn times(mut self, times: impl RangeBounds<usize>) -> Self {
        let least = match times.start_bound() {
            Bound::Included(least) => *least,
            Bound::Excluded(below) => below.saturating_add(1),
            Bound::Unbounded => 0,
        };
        let most = match times.end_bound() {
            Bound::Included(most) => Some(*most),
            Bound::Excluded(above) => Some(above.saturating_sub(1)),
            Bound::Unbounded => None,
        };
        self.times = (least, most);
        self
    }

    /// Once.
    pub fn once(self) -> Self {
        self.times(1..=1)
    }

    /// Not at all.
    pub fn never(self) -> Self {
        self.times(0..=0)
    }

    /// What of it an entry does not have; none when the entry is what is expected. None at all when it is of another
    /// kind.
    fn misses(&self, entry: &Map<String, Value>) -> Option<usize> {
        if entry.get("event").and_then(Value::as_str) != Some(self.event) {
            return None;
        }
        let wrong = |(name, value): &&(&str, Value)| entry.get(*name) != Some(value);
        let sent = parameters(entry);
        let absent = |name: &&String| !sent.contains(&name.as_str());
        let present = |name: &&String| sent.contains(&name.as_str());
        Some(
            self.members.iter().filter(wrong).count()
                + self.with.iter().filter(absent).count()
                + self.without.iter().filter(present).count(),
        )
    }

    fn fits(&self, found: usize) -> bool {
        let (least, most) = self.times;
        found >= least && most.is_none_or(|most| found <= most)
    }
}

fn parameters(entry: &Map<String, Value>) -> Vec<&str> {
    let names = entry.get("parameters").and_then(Value::as_array);
    names
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

/// An expectation of what happens from now on, see [`MockIdp::expect`].
///
/// It has to be verified; dropped without, it verifies itself, unless the test is failing already.
///
/// [`MockIdp::expect`]: crate::MockIdp::expect
#[must_use = "an expectation that is dropped at once is verified at once"]
pub struct Expected {
    expectation: Expectation,
    site: Arc<Site>,
    /// The last entry before it.
    after: u64,
    verified: bool,
}

impl Expected {
    pub(crate) fn new(expectation: Expectation, site: Arc<Site>) -> Self {
        Self {
            after: last_number(&site.journal()),
            expectation,
            site,
            verified: false,
        }
    }

    /// Whether what happened so far is what was expected.
    pub fn check(&self) -> Result<(), Unmet> {
        let journal = self.site.journal();
        // A reset begins the count of entries anew.
        let after = if last_number(&journal) < self.after {
            0
        } else {
            self.after
        };
        let dropped = journal
            .first()
            .map_or(0, |first| first.number.saturating_sub(after + 1));
        let entries: Vec<_> = journal
            .iter()
            .filter(|entry| entry.number > after)
            .map(entry_as_json)
            .collect();
        let found = entries
            .iter()
            .filter(|entry| self.expectation.misses(entry) == Some(0));
        if self.expectation.fits(found.count()) {
            return Ok(());
        }
        Err(Unmet::new(&self.expectation, &entries, dropped))
    }

    /// Panics with the nearest entry when what happened is not what was expected.
    ///
    /// # Panics
    ///
    /// When it is not met.
    #[track_caller]
    pub fn verify(mut self) {
        self.verified = true;
        if let Err(unmet) = self.check() {
            panic!("{unmet}");
        }
    }
}

impl Drop for Expected {
    fn drop(&mut self) {
        // A second panic would end the whole test run, and hide the first.
        if self.verified || thread::panicking() {
            return;
        }
        if let Err(unmet) = self.check() {
            panic!("{unmet}");
        }
    }
}

impl fmt::Debug for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Expected")
            .field("expectation", &self.expectation)
            .field("after", &self.after)
            .finish_non_exhaustive()
    }
}

fn last_number(journal: &[Entry]) -> u64 {
    journal.last().map_or(0, |entry| entry.number)
}

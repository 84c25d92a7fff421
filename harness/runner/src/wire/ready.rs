//! Waits until a target that was just started answers.

use super::{OrdinaryWire, WireError, WireOptions};
use signoff_oidc::Request;
use std::fmt;
use std::time::Duration;
use tokio::time::Instant;

/// How long to wait for a target, and how often to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// The longest time for all tries together.
    pub within: Duration,
    /// The most tries.
    pub tries: u32,
    /// The pause after the first try; each further one is twice as long, up to a second.
    pub first_pause: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Patience {
            within: Duration::from_mins(1),
            tries: 200,
            first_pause: Duration::from_millis(50),
        }
    }
}

/// The target answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ready {
    /// Its status code.
    pub status: u16,
    /// How many tries it took.
    pub tries: u32,
}

/// The target did not become ready. Displayed without the URL, which the caller knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotReady {
    /// How many tries were made.
    pub tries: u32,
    /// What the last complete try ended with.
    pub last: Option<LastTry>,
}

/// The end of a try that found no ready target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LastTry {
    /// An answer with a status that is no success and no redirect.
    Status(u16),
    /// No answer.
    Failed(WireError),
}

impl fmt::Display for NotReady {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not ready after {} tries", self.tries)?;
        match &self.last {
            Some(LastTry::Status(status)) => write!(f, ": the last answer was {status}"),
            Some(LastTry::Failed(error)) => write!(f, ": {error}"),
            None => f.write_str(": no try came to an end"),
        }
    }
}

impl std::error::Error for NotReady {}

/// Asks `url` until it answers with a success or a redirect. A server that is still starting may answer 404 or
/// 503 at first, so those are not enough.
///
/// Dropping the future ends the waiting, for instance when the process that should answer has ended.
pub async fn wait_until_ready(
    url: &str,
    options: WireOptions,
    patience: Patience,
) -> Result<Ready, NotReady> {
    let refused = |error| NotReady {
        tries: 0,
        last: Some(LastTry::Failed(error)),
    };
    let request = Request::get(url)
        .ok_or_else(|| refused(WireError::unsendable("no absolute http(s) URL")))?;
    let mut wire = OrdinaryWire::new(options).map_err(refused)?;
    let until = Instant::now() + patience.within;
    let mut pause = patience.first_pause;
    let mut waiting = NotReady {
        tries: 0,
        last: None,
    };
    while waiting.tries < patience.tries {
        let Ok(outcome) = tokio::time::timeout_at(until, wire.send(&request)).await else {
            break;
        };
        waiting.tries += 1;
        waiting.last = match outcome {
            Ok(answer) if (200..400).contains(&answer.status) => {
                return Ok(Ready {
                    status: answer.status,
                    tries: waiting.tries,
                });
            }
            Ok(answer) => Some(LastTry::Status(answer.status)),
            // Waiting mends neither the options nor the URL.
            Err(error @ (WireError::Options { .. } | WireError::Unsendable { .. })) => {
                return Err(refused(error));
            }
            Err(error) => Some(LastTry::Failed(error)),
        };
        tokio::time::sleep_until(until.min(Instant::now() + pause)).await;
        pause = (pause * 2).min(Duration::from_secs(1));
    }
    Err(waiting)
}

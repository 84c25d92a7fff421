//! Why no answer came.

use signoff_oidc::Origin;
use std::fmt;
use std::time::Duration;

/// How far an exchange had come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Looking up the name, opening the TCP connection.
    Connecting,
    /// The TLS handshake.
    Handshake,
    /// The request was being sent or had been sent; no byte of the answer had come.
    Waiting,
    /// The status line and header fields were not complete.
    Head,
    /// The content was not complete.
    Body,
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Phase::Connecting => "before the connection was open",
            Phase::Handshake => "before the TLS handshake was complete",
            Phase::Waiting => "before any byte of the answer",
            Phase::Head => "before the head of the answer was complete",
            Phase::Body => "before the body of the answer was complete",
        })
    }
}

/// Why no answer came. Names the origin at most: a request target may carry a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WireError {
    /// The options cannot be used: a mistake in the configuration.
    Options {
        /// What is wrong with them.
        what: String,
    },
    /// This request cannot be sent by this wire.
    Unsendable {
        /// What stands in the way.
        what: String,
    },
    /// No connection.
    Connect {
        /// Where to.
        origin: Origin,
        /// What the system said.
        reason: String,
    },
    /// TLS failed: a certificate that is not trusted, no TLS at the other end ...
    Tls {
        /// Where to.
        origin: Origin,
        /// What was wrong.
        reason: String,
    },
    /// The time was up.
    Timeout {
        /// The limit that was reached.
        after: Duration,
        /// How far the exchange had come.
        phase: Phase,
    },
    /// The other end closed the connection early.
    Closed {
        /// How far the exchange had come.
        phase: Phase,
    },
    /// The answer is not HTTP/1.1 as RFC 9112 has it.
    Malformed {
        /// What is wrong with it.
        what: String,
    },
    /// The answer is longer than we bear.
    TooLong {
        /// Which part of it.
        what: String,
        /// The most bytes it may have.
        limit: usize,
    },
}

impl WireError {
    /// True when no connection came about, so that the next request will hardly fare better.
    pub fn is_unreachable(&self) -> bool {
        match self {
            WireError::Connect { .. } | WireError::Tls { .. } => true,
            WireError::Timeout { phase, .. } | WireError::Closed { phase } => {
                matches!(phase, Phase::Connecting | Phase::Handshake)
            }
            _ => false,
        }
    }

    pub(super) fn malformed(what: impl Into<String>) -> Self {
        WireError::Malformed { what: what.into() }
    }

    pub(super) fn too_long(what: &str, limit: usize) -> Self {
        WireError::TooLong {
            what: what.to_owned(),
            limit,
        }
    }

    pub(super) fn connect(origin: &Origin, reason: impl fmt::Display) -> Self {
        WireError::Connect {
            origin: origin.clone(),
            reason: reason.to_string(),
        }
    }

    pub(super) fn tls(origin: &Origin, reason: impl fmt::Display) -> Self {
        WireError::Tls {
            origin: origin.clone(),
            reason: reason.to_string(),
        }
    }

    pub(super) fn unsendable(what: impl Into<String>) -> Self {
        WireError::Unsendable { what: what.into() }
    }
}

impl fmt::Display for WireError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WireError::Options { what } => f.write_str(what),
            WireError::Unsendable { what } => write!(f, "the request cannot be sent: {what}"),
            WireError::Connect { origin, reason } => {
                write!(f, "no connection to {origin}: {reason}")
            }
            WireError::Tls { origin, reason } => write!(f, "no TLS with {origin}: {reason}"),
            WireError::Timeout { after, phase } => {
                write!(f, "the time of {after:?} was up {phase}")
            }
            WireError::Closed { phase } => write!(f, "the connection was closed {phase}"),
            WireError::Malformed { what } => write!(f, "the answer is malformed: {what}"),
            WireError::TooLong { what, limit } => {
                write!(
                    f,
                    "the answer is too long: {what} has more than {limit} bytes"
                )
            }
        }
    }
}

impl std::error::Error for WireError {}

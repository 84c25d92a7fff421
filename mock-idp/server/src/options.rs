//! What concerns the server and not the provider: its address, its clock, its patience.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::tls::Tls;

/// How a server is run.
#[derive(Debug, Clone)]
pub struct ServerOptions {
    /// Where to listen. Port 0 lets the system choose; that is the default, on the loopback address.
    pub address: SocketAddr,
    /// Which time the provider is told.
    pub clock: Clock,
    /// How long to wait for slow clients, and for how many at once.
    pub patience: Patience,
    /// Whether TLS is spoken.
    pub tls: Option<Tls>,
    /// Which host the issuers name.
    pub hosts: HostStyle,
    /// Whether the ids of the keys (`kid`) end in a mark that no other server has. An application that still holds the
    /// keys of another mock then notices that this one has taken over its port. Without it the same configuration, clock
    /// and requests give the same octets.
    pub keys_marked: bool,
}

/// Which host the issuers name. The server finds a tenant by the `Host` of a request and by its path, whatever the style.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum HostStyle {
    /// The address that is listened on, with its port: everything is found by its path.
    #[default]
    Path,
    /// `auth.pingone.com`, as the product has it, without a port; hosted pages are at `apps.pingone.com`. Who wants to
    /// get there has to take these names for the server's address: reqwest by `resolve`, curl by `--connect-to`.
    PingOne,
    /// The same in another region, named by what follows `pingone.`: `eu`, `ca`, `asia`, `com.au`.
    PingOneIn(String),
}

impl HostStyle {
    /// The authorization server's host; none when it is the address that is listened on.
    fn authorization_server(&self) -> Option<String> {
        match self {
            Self::Path => None,
            Self::PingOne => Some("auth.pingone.com".to_owned()),
            Self::PingOneIn(region) => Some(format!("auth.pingone.{region}")),
        }
    }
}

impl ServerOptions {
    /// The origin for the issuers of a server that listens on this address, without a slash at the end.
    pub fn origin(&self, address: SocketAddr) -> String {
        match self.hosts.authorization_server() {
            Some(host) => format!("{}://{host}", self.scheme()),
            None => self.reached_at(address),
        }
    }

    /// The origin under which it is reached from the same machine.
    pub(crate) fn reached_at(&self, address: SocketAddr) -> String {
        let reached = match address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
            IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
            ip => ip,
        };
        format!(
            "{}://{}",
            self.scheme(),
            SocketAddr::new(reached, address.port())
        )
    }

    fn scheme(&self) -> &'static str {
        if self.tls.is_some() { "https" } else { "http" }
    }
}

impl Default for ServerOptions {
    fn default() -> Self {
        Self {
            address: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            clock: Clock::Wall,
            patience: Patience::default(),
            tls: None,
            hosts: HostStyle::Path,
            keys_marked: true,
        }
    }
}

/// Which time the provider is told. Its own clock can be set, advanced and stopped on top of this by the control
/// surface; a reset comes back to this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Clock {
    /// The system's time.
    #[default]
    Wall,
    /// Begins at this time when the server starts, and runs.
    StartingAt(Timestamp),
    /// Stands at this time until it is advanced.
    StandingAt(Timestamp),
}

/// How long a server waits, and for how many. What takes longer is closed, so that nothing hangs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patience {
    /// For the whole head of a request, and between two requests of one connection.
    pub head: Duration,
    /// For the content of a request.
    pub content: Duration,
    /// For a client to take an answer, beyond the two above.
    pub answer: Duration,
    /// For answers that are being written when the server is asked to finish.
    pub finish: Duration,
    /// Connections at the same time; one more is answered 503 and closed.
    pub connections: usize,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(30),
            content: Duration::from_secs(30),
            answer: Duration::from_secs(30),
            finish: Duration::from_secs(2),
            connections: 1_024,
        }
    }
}

impl Patience {
    /// For all of a request and its answer.
    pub(crate) fn whole(&self) -> Duration {
        self.head + self.content + self.answer
    }

    /// The same with nothing longer than a year, so that no sum of times overflows.
    pub(crate) fn bounded(self) -> Self {
        const LONGEST: Duration = Duration::from_hours(365 * 24);
        Self {
            head: self.head.min(LONGEST),
            content: self.content.min(LONGEST),
            answer: self.answer.min(LONGEST),
            finish: self.finish.min(LONGEST),
            connections: self.connections,
        }
    }
}

/// A [`Clock`] that has been started.
#[derive(Debug)]
pub(crate) enum RunningClock {
    Wall,
    Since { start: Timestamp, started: Instant },
    Standing(Timestamp),
}

impl RunningClock {
    pub(crate) fn start(clock: Clock) -> Self {
        match clock {
            Clock::Wall => Self::Wall,
            Clock::StartingAt(start) => Self::Since {
                start,
                started: Instant::now(),
            },
            Clock::StandingAt(at) => Self::Standing(at),
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        match self {
            Self::Wall => Timestamp::now(),
            // At the end of the representable years the clock stays where it is instead of failing.
            Self::Since { start, started } => start
                .checked_add(started.elapsed())
                .unwrap_or(Timestamp::MAX),
            Self::Standing(at) => *at,
        }
    }
}

//! The two ways to a target over HTTP/1.1: [`ExactWire`] for the requests under test, whose bytes must arrive
//! as they are, and [`OrdinaryWire`] for sign-in and discovery, where a common HTTP client will do.
//!
//! Neither follows a redirect, keeps a cookie, asks for a compressed answer or reads proxy settings from the
//! environment: the engine plays the browser, and both ways must reach the same server. Whatever comes back,
//! however long, slow or malformed, ends in a [`Response`](signoff_oidc::Response) or a [`WireError`] within the
//! time-out. No error text holds a request target, a header value or content.

mod address;
mod answer;
mod body;
mod error;
mod exact;
mod framing;
mod head;
mod ordinary;
mod pace;
mod ready;
mod request_bytes;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod tls;

use std::net::SocketAddr;
use std::time::Duration;

pub use answer::parse_answer;
pub use error::{Phase, WireError};
pub use exact::ExactWire;
pub use ordinary::OrdinaryWire;
pub use pace::{Pace, Pacer, Turn, retry_after};
pub use ready::{LastTry, NotReady, Patience, Ready, wait_until_ready};

/// How to reach a target, and how much of it to bear. A clone shares the [`Pacer`].
#[derive(Debug, Clone)]
pub struct WireOptions {
    /// For one exchange as a whole: name look-up, connection, TLS, request and answer. Waiting for one's turn
    /// ([`WireOptions::pacer`]) comes before and does not count.
    pub timeout: Duration,
    /// For name look-up and TCP connection together.
    pub connect_timeout: Duration,
    /// The most bytes that the head of an answer may have; a chunked body's extensions and trailer too.
    pub max_head: usize,
    /// The most bytes that the content of an answer may have.
    pub max_body: usize,
    /// Certificates of further authorities to trust besides the platform's, in PEM.
    pub extra_ca_pem: Option<Vec<u8>>,
    /// Addresses for host names, instead of asking the resolver. An explicit port of the URL wins over the
    /// address's, and port 0 stands for the scheme's own.
    pub resolve: Vec<(String, SocketAddr)>,
    /// The common pace of all wires to one target.
    pub pacer: Pacer,
}

impl Default for WireOptions {
    fn default() -> Self {
        WireOptions {
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            // A `state` of 64 KiB comes back in `Location`, there percent-encoded to up to three times its length.
            max_head: 256 * 1024,
            max_body: 4 * 1024 * 1024,
            extra_ca_pem: None,
            resolve: Vec::new(),
            pacer: Pacer::default(),
        }
    }
}

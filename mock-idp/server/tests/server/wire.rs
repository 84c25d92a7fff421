//! Exact octets over TCP, each conversation within a time limit: what hangs, fails.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Far above every patience of a server under test.
const LIMIT: Duration = Duration::from_secs(20);

/// What became of a conversation: all that was received until the server closed.
pub(crate) struct Received(Vec<u8>);

impl Received {
    /// The status of the first answer; none when the connection was closed without one.
    pub(crate) fn status(&self) -> Option<u16> {
        std::str::from_utf8(self.0.strip_prefix(b"HTTP/1.1 ")?.get(..3)?)
            .ok()?
            .parse()
            .ok()
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.0).into_owned()
    }

    /// Everything after the first head.
    pub(crate) fn content(&self) -> String {
        self.text()
            .split_once("\r\n\r\n")
            .map(|(_, content)| content.to_owned())
            .unwrap_or_default()
    }

    /// Whether the answer is a refusal or no answer: what is allowed for octets that are no request.
    pub(crate) fn is_refusal_or_close(&self) -> bool {
        self.0.is_empty()
            || self
                .status()
                .is_some_and(|status| (400..500).contains(&status))
    }

    pub(crate) fn is_nothing_or_http(&self) -> bool {
        self.0.is_empty()
            || self
                .status()
                .is_some_and(|status| (200..600).contains(&status))
    }
}

/// Sends octets, says that nothing follows, and reads until the server closes.
pub(crate) async fn send(address: SocketAddr, octets: &[u8]) -> Received {
    converse(address, octets, true).await
}

/// Sends octets, leaves the connection open as if more were to come, and reads until the server closes.
pub(crate) async fn send_and_linger(address: SocketAddr, octets: &[u8]) -> Received {
    converse(address, octets, false).await
}

/// Sends everything before it reads anything, as a simple client does; being closed on while sending is a failure.
pub(crate) async fn send_all_then_read(address: SocketAddr, octets: &[u8]) -> Received {
    let mut stream = TcpStream::connect(address)
        .await
        .expect("the server listens");
    let conversation = async {
        stream
            .write_all(octets)
            .await
            .expect("the server reads to the end");
        let mut received = Vec::new();
        stream
            .read_to_end(&mut received)
            .await
            .expect("the server answers before it closes");
        received
    };
    Received(
        timeout(LIMIT, conversation)
            .await
            .expect("the server answers or closes in time"),
    )
}

async fn converse(address: SocketAddr, octets: &[u8], then_end: bool) -> Received {
    let stream = TcpStream::connect(address)
        .await
        .expect("the server listens");
    let (mut incoming, mut outgoing) = stream.into_split();
    // A server may refuse and close before everything is sent, so neither direction may fail the other.
    let writing = async {
        let sent = outgoing.write_all(octets).await;
        if then_end && sent.is_ok() {
            let _ = outgoing.shutdown().await;
        }
        outgoing
    };
    let reading = async {
        let mut received = Vec::new();
        let _ = incoming.read_to_end(&mut received).await;
        received
    };
    let (_, received) = timeout(LIMIT, async { tokio::join!(writing, reading) })
        .await
        .expect("the server answers or closes in time");
    Received(received)
}

/// A `GET` that asks the server to close afterwards.
pub(crate) fn get(target: &str) -> Vec<u8> {
    format!("GET {target} HTTP/1.1\r\nHost: idp.test\r\nConnection: close\r\n\r\n").into_bytes()
}

//! The least of an HTTP/1.1 client that keeps its connection: prepared octets out, one answer in.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A connection.
pub(crate) struct Line {
    stream: TcpStream,
    received: Vec<u8>,
}

/// An answer.
pub(crate) struct Answer {
    head: String,
    pub(crate) content: Vec<u8>,
}

impl Line {
    pub(crate) async fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self {
            stream,
            received: Vec::with_capacity(16 * 1024),
        }
    }

    /// Sends a request and takes its answer.
    pub(crate) async fn ask(&mut self, request: &[u8]) -> Answer {
        let (head, length) = self.taken(request).await;
        let answer = Answer {
            head: String::from_utf8_lossy(&self.received[..head]).into_owned(),
            content: self.received[head..length].to_vec(),
        };
        self.received.clear();
        answer
    }

    /// The same, for who only wants to know the status.
    pub(crate) async fn status(&mut self, request: &[u8]) -> u16 {
        self.taken(request).await;
        let status = status_of(&self.received);
        self.received.clear();
        status
    }

    /// Where the head ends and where the answer ends, in what was received.
    async fn taken(&mut self, request: &[u8]) -> (usize, usize) {
        self.stream.write_all(request).await.unwrap();
        loop {
            let read = self.stream.read_buf(&mut self.received).await.unwrap();
            assert_ne!(
                read, 0,
                "the server closed a connection that was to be kept"
            );
            if let Some(ends) = ends(&self.received) {
                return ends;
            }
        }
    }
}

fn ends(received: &[u8]) -> Option<(usize, usize)> {
    let head = find(received, b"\r\n\r\n")? + 4;
    let lines = received[..head].split(|octet| *octet == b'\n');
    for line in lines {
        let Some(colon) = line.iter().position(|octet| *octet == b':') else {
            continue;
        };
        let (name, value) = (&line[..colon], line[colon + 1..].trim_ascii());
        if name.eq_ignore_ascii_case(b"content-length") {
            let length: usize = std::str::from_utf8(value).ok()?.parse().ok()?;
            let end = head + length;
            return (received.len() >= end).then_some((head, end));
        }
        if name.eq_ignore_ascii_case(b"transfer-encoding") {
            let done = received[head..].ends_with(b"0\r\n\r\n");
            return done.then_some((head, received.len()));
        }
    }
    Some((head, head))
}

fn find(text: &[u8], sought: &[u8]) -> Option<usize> {
    text.windows(sought.len()).position(|found| found == sought)
}

fn status_of(received: &[u8]) -> u16 {
    let digits = received
        .get(9..12)
        .and_then(|text| std::str::from_utf8(text).ok());
    digits.and_then(|text| text.parse().ok()).unwrap()
}

impl Answer {
    pub(crate) fn status(&self) -> u16 {
        status_of(self.head.as_bytes())
    }

    /// The values of a header field.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let fields = self.head.lines().filter_map(|line| line.split_once(':'));
        fields
            .filter(move |(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim())
    }

    pub(crate) fn location(&self) -> &str {
        self.all("location").next().unwrap_or_default()
    }
}

/// A `GET`.
pub(crate) fn get(target: &str, cookies: &str) -> Vec<u8> {
    format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\n{cookies}\r\n").into_bytes()
}

/// A `POST` of this content.
pub(crate) fn post(target: &str, cookies: &str, kind: &str, content: &str) -> Vec<u8> {
    let length = content.len();
    format!(
        "POST {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\n\
         Content-Length: {length}\r\n{cookies}\r\n{content}"
    )
    .into_bytes()
}

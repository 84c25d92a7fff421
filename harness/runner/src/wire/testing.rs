//! A server for tests that says exactly what a script says.

use super::WireOptions;
use signoff_oidc::{Request, Response};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// What a server does after it has read one request.
#[derive(Debug, Clone)]
pub(super) enum Step {
    /// Answers and goes on to the next step on the same connection.
    Say(Vec<u8>),
    /// Answers and closes.
    SayAndClose(Vec<u8>),
    /// Answers and then says nothing more, with the connection open.
    SayAndHang(Vec<u8>),
    /// Answers and then repeats some bytes until the client has enough.
    SayAndRepeat(Vec<u8>, Vec<u8>),
    /// Answers and then repeats one byte every few milliseconds.
    SayAndDrip(Vec<u8>, u8),
    /// Answers before it has read more than the first bytes, and reads no further.
    SayUnasked(Vec<u8>),
}

/// The number of a connection and a request that came on it.
type Seen = (usize, Vec<u8>);

/// A server with one script per connection, in the order in which they come in. When the scripts are used up
/// it accepts no more.
pub(super) struct ScriptedServer {
    port: u16,
    requests: Arc<Mutex<Vec<Seen>>>,
}

impl ScriptedServer {
    pub(super) async fn start(scripts: Vec<Vec<Step>>) -> Self {
        Self::serve(scripts, None).await
    }

    pub(super) async fn start_tls(scripts: Vec<Vec<Step>>, acceptor: TlsAcceptor) -> Self {
        Self::serve(scripts, Some(acceptor)).await
    }

    async fn serve(scripts: Vec<Vec<Step>>, acceptor: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        tokio::spawn(async move {
            for (connection, script) in scripts.into_iter().enumerate() {
                let (stream, _) = listener.accept().await.expect("a connection");
                let seen = Arc::clone(&seen);
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    let note =
                        |request| seen.lock().expect("unpoisoned").push((connection, request));
                    match acceptor {
                        None => play(stream, script, note).await,
                        Some(acceptor) => {
                            if let Ok(stream) = acceptor.accept(stream).await {
                                play(stream, script, note).await;
                            }
                        }
                    }
                });
            }
        });
        ScriptedServer { port, requests }
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }

    pub(super) fn url(&self, target: &str) -> String {
        format!("http://127.0.0.1:{}{target}", self.port)
    }

    pub(super) fn get(&self, target: &str) -> Request {
        Request::get(&self.url(target)).expect("a request")
    }

    /// The requests in the order in which they were read.
    pub(super) fn requests(&self) -> Vec<Vec<u8>> {
        let requests = self.requests.lock().expect("unpoisoned");
        requests
            .iter()
            .map(|(_, request)| request.clone())
            .collect()
    }

    /// For each request the connection that it came on.
    pub(super) fn connections(&self) -> Vec<usize> {
        let requests = self.requests.lock().expect("unpoisoned");
        requests.iter().map(|(connection, _)| *connection).collect()
    }
}

async fn play<S>(mut stream: S, script: Vec<Step>, note: impl Fn(Vec<u8>))
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    for step in script {
        if let Step::SayUnasked(bytes) = step {
            let mut some = [0; 16];
            let _ = stream.read(&mut some).await;
            stream.write_all(&bytes).await.expect("written");
            return std::future::pending().await;
        }
        let Some(request) = read_request(&mut stream).await else {
            return;
        };
        note(request);
        match step {
            Step::Say(bytes) => stream.write_all(&bytes).await.expect("written"),
            Step::SayAndClose(bytes) => {
                let _ = stream.write_all(&bytes).await;
                let _ = stream.shutdown().await;
                return;
            }
            Step::SayAndHang(bytes) => {
                stream.write_all(&bytes).await.expect("written");
                let mut rest = Vec::new();
                let _ = stream.read_to_end(&mut rest).await;
                return;
            }
            Step::SayAndRepeat(bytes, again) => {
                stream.write_all(&bytes).await.expect("written");
                while stream.write_all(&again).await.is_ok() {}
                return;
            }
            Step::SayAndDrip(bytes, again) => {
                stream.write_all(&bytes).await.expect("written");
                while stream.write_all(&[again]).await.is_ok() {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
                return;
            }
            Step::SayUnasked(_) => {}
        }
    }
}

/// One request, its content by `Content-Length`.
async fn read_request(stream: &mut (impl AsyncRead + Unpin)) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut part = [0; 4096];
    loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
            let length = head.split("\r\ncontent-length: ").nth(1);
            let length = length.and_then(|rest| rest.split("\r\n").next()?.parse().ok());
            if bytes.len() >= end + 4 + length.unwrap_or(0) {
                return Some(bytes);
            }
        }
        match stream.read(&mut part).await {
            Ok(0) | Err(_) => return None,
            Ok(count) => bytes.extend_from_slice(&part[..count]),
        }
    }
}

/// Options under which a test that expects an answer never runs into the time-out.
pub(super) fn patient() -> WireOptions {
    WireOptions {
        timeout: Duration::from_mins(1),
        ..WireOptions::default()
    }
}

/// Options for tests that wait for the time-out.
pub(super) fn hasty() -> WireOptions {
    WireOptions {
        timeout: Duration::from_millis(500),
        ..WireOptions::default()
    }
}

/// A complete answer with this text.
pub(super) fn ok(text: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{text}",
        text.len()
    )
    .into_bytes()
}

/// Status and content of an answer.
pub(super) fn shown(response: &Response) -> (u16, String) {
    (response.status, response.text())
}

//! Requests as exact bytes over TCP and TLS.

use super::address::connect;
use super::answer::{Answer, Expected, read_answer};
use super::request_bytes::request_bytes;
use super::tls::{Trust, handshake};
use super::{Phase, WireError, WireOptions};
use signoff_oidc::{Origin, Request, Response};
use std::collections::BTreeMap;
use std::fmt;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, ReadBuf};

/// Sends requests byte for byte as they are given, which no common client does: those rewrite paths, encode
/// characters and refuse long URLs.
///
/// One connection per origin is kept open for later requests. Everything is bounded by [`WireOptions`].
pub struct ExactWire {
    options: WireOptions,
    trust: Trust,
    idle: BTreeMap<Origin, Box<dyn Stream>>,
}

impl fmt::Debug for ExactWire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExactWire")
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

impl ExactWire {
    /// A wire without any connection yet. Fails when the additional authorities cannot be read.
    pub fn new(options: WireOptions) -> Result<Self, WireError> {
        Ok(ExactWire {
            trust: Trust::new(options.extra_ca_pem.as_deref())?,
            options,
            idle: BTreeMap::new(),
        })
    }

    /// Sends a request when its turn has come, and reads the whole answer. Redirects are not followed.
    ///
    /// Dropping the future closes the connection it was using.
    pub async fn send(&mut self, request: &Request) -> Result<Response, WireError> {
        let pacer = self.options.pacer.clone();
        pacer.turn().await;
        let after = self.options.timeout;
        let mut phase = Phase::Connecting;
        let outcome = tokio::time::timeout(after, self.exchange(request, &mut phase)).await;
        let response = outcome.unwrap_or(Err(WireError::Timeout { after, phase }))?;
        pacer.heed(&response);
        Ok(response)
    }

    /// Sends a request twice at the same moment, each over a connection of its own, when both turns have come. Both
    /// connections are open before the first byte goes out; neither is kept. Where one cannot be opened, the other one
    /// is used all the same.
    pub async fn send_twice_at_once(
        &mut self,
        request: &Request,
    ) -> [Result<Response, WireError>; 2] {
        let pacer = self.options.pacer.clone();
        pacer.turn().await;
        pacer.turn().await;
        // A server that serves one connection after the other would wait for the end of the idle one.
        self.idle.remove(&request.origin);
        let bytes = request_bytes(request);
        let opened = [self.opened(request).await, self.opened(request).await];
        let [one, other] = opened.map(|stream| self.apart(stream, request, &bytes));
        let (one, other) = tokio::join!(one, other);
        for response in [&one, &other].into_iter().flatten() {
            pacer.heed(response);
        }
        [one, other]
    }

    async fn opened(&mut self, request: &Request) -> Result<Box<dyn Stream>, WireError> {
        let after = self.options.timeout;
        let mut phase = Phase::Connecting;
        let opening = self.open(&request.origin, &mut phase);
        let outcome = tokio::time::timeout(after, opening).await;
        outcome.unwrap_or(Err(WireError::Timeout { after, phase }))
    }

    /// One exchange on a connection that closes with it.
    async fn apart(
        &self,
        stream: Result<Box<dyn Stream>, WireError>,
        request: &Request,
        bytes: &[u8],
    ) -> Result<Response, WireError> {
        let mut stream = stream?;
        let after = self.options.timeout;
        let mut phase = Phase::Waiting;
        let conversing = converse(stream.as_mut(), bytes, self.expected(request), &mut phase);
        let outcome = tokio::time::timeout(after, conversing).await;
        let answer = outcome.unwrap_or(Err(WireError::Timeout { after, phase }))?;
        Ok(answer.response)
    }

    async fn exchange(
        &mut self,
        request: &Request,
        phase: &mut Phase,
    ) -> Result<Response, WireError> {
        let bytes = request_bytes(request);
        if let Some(pooled) = self.pooled(request) {
            match self.attempt(pooled, request, &bytes, phase).await {
                // A server may close an idle connection at the very moment we send on it (RFC 9112 section
                // 9.3.1). Only that is tried again: once, on a new connection, and never after a byte of an
                // answer or on a connection that was new.
                Err(WireError::Closed {
                    phase: Phase::Waiting,
                }) => {}
                outcome => return outcome,
            }
        }
        *phase = Phase::Connecting;
        let fresh = self.open(&request.origin, phase).await?;
        self.attempt(fresh, request, &bytes, phase).await
    }

    /// The idle connection, if it is still good and the request may be sent twice.
    ///
    /// RFC 9110 section 9.2.2 forbids to repeat a POST by oneself, and the loss of a pooled connection could
    /// not be told from a server that drops the request; so a POST goes out on a connection of its own.
    fn pooled(&mut self, request: &Request) -> Option<Box<dyn Stream>> {
        let mut stream = self.idle.remove(&request.origin)?;
        let repeatable = matches!(
            request.method.as_str(),
            "GET" | "HEAD" | "OPTIONS" | "PUT" | "DELETE" | "TRACE"
        );
        (repeatable && is_quiet(stream.as_mut())).then_some(stream)
    }

    async fn open(
        &mut self,
        origin: &Origin,
        phase: &mut Phase,
    ) -> Result<Box<dyn Stream>, WireError> {
        let stream = connect(origin, &self.options).await?;
        if !origin.is_https() {
            return Ok(Box::new(stream));
        }
        *phase = Phase::Handshake;
        let config = self.trust.config(origin)?;
        Ok(Box::new(handshake(origin, config, stream).await?))
    }

    fn expected<'r>(&self, request: &'r Request) -> Expected<'r> {
        Expected {
            origin: &request.origin,
            method: &request.method,
            max_head: self.options.max_head,
            max_body: self.options.max_body,
        }
    }

    async fn attempt(
        &mut self,
        mut stream: Box<dyn Stream>,
        request: &Request,
        bytes: &[u8],
        phase: &mut Phase,
    ) -> Result<Response, WireError> {
        let answer = converse(stream.as_mut(), bytes, self.expected(request), phase).await?;
        if answer.reusable && !asks_to_close(request) {
            self.idle.insert(request.origin.clone(), stream);
        }
        Ok(answer.response)
    }
}

/// Sends and reads at the same time: a server may answer 414 or 413 and close before it has read everything,
/// and its answer counts more than our failure to send the rest.
async fn converse<S: AsyncRead + AsyncWrite + Unpin + ?Sized>(
    stream: &mut S,
    bytes: &[u8],
    expected: Expected<'_>,
    phase: &mut Phase,
) -> Result<Answer, WireError> {
    *phase = Phase::Waiting;
    let (source, mut sink) = tokio::io::split(stream);
    let mut sending = pin!(async {
        sink.write_all(bytes).await?;
        sink.flush().await
    });
    let mut reading = pin!(read_answer(source, expected, phase));
    let (all_sent, answer) = tokio::select! {
        biased;
        sent = &mut sending => (sent.is_ok(), reading.await?),
        answer = &mut reading => (false, answer?),
    };
    Ok(Answer {
        reusable: answer.reusable && all_sent,
        ..answer
    })
}

/// True when nothing has come in since the last answer: neither the end of the stream nor bytes that no
/// request of ours asked for, such as a 408 before an idle connection is closed.
fn is_quiet(stream: &mut dyn Stream) -> bool {
    let mut byte = [0];
    let mut buffer = ReadBuf::new(&mut byte);
    let mut context = Context::from_waker(Waker::noop());
    matches!(
        Pin::new(stream).poll_read(&mut context, &mut buffer),
        Poll::Pending
    )
}

fn asks_to_close(request: &Request) -> bool {
    let said = request
        .headers
        .iter()
        .filter(|(name, _)| name.eq_ignore_ascii_case("Connection"));
    said.flat_map(|(_, value)| value.split(|&byte| byte == b','))
        .any(|option| option.trim_ascii().eq_ignore_ascii_case(b"close"))
}

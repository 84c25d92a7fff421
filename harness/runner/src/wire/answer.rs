//! Reads one answer from a stream of bytes, bounded in size; the caller bounds the time.

use super::framing::{framing, stays_open};
use super::head::{Head, check_start, end_of_head, parse_head};
use super::tls::tls_failure;
use super::{Phase, WireError, WireOptions};
use bytes::{Buf, BytesMut};
use signoff_oidc::{Origin, Response};
use std::io;
use tokio::io::{AsyncRead, AsyncReadExt};

/// How many interim answers (1xx) to skip before the real one.
const MAX_INTERIM: usize = 16;

/// What the answer's framing and errors depend on besides its bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Expected<'a> {
    pub(super) origin: &'a Origin,
    pub(super) method: &'a str,
    pub(super) max_head: usize,
    pub(super) max_body: usize,
}

/// An answer, and whether the connection may carry another exchange.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) response: Response,
    pub(super) reusable: bool,
}

/// Reads one answer and keeps `phase` at where the reading stands.
pub(super) async fn read_answer<R: AsyncRead + Unpin>(
    source: R,
    expected: Expected<'_>,
    phase: &mut Phase,
) -> Result<Answer, WireError> {
    let mut reader = AnswerReader {
        source,
        buffer: BytesMut::new(),
        expected,
        phase,
    };
    let head = reader.final_head().await?;
    let framing = framing(expected.method, &head)?;
    *reader.phase = Phase::Body;
    let body = reader.content(framing).await?;
    // What came beyond the answer belongs to no request of ours; it must not become the next one's answer.
    let reusable = reader.buffer.is_empty() && stays_open(expected.method, &head, framing);
    let response = Response {
        status: head.status,
        headers: head.headers,
        body,
    };
    Ok(Answer { response, reusable })
}

/// What the wire makes of an answer that is all there: the bytes of one connection, from its first to its end.
///
/// `method` is that of the request, which decides whether there is content (RFC 9112 section 6.3). Fails with what
/// a run would be told.
pub fn parse_answer(
    bytes: &[u8],
    method: &str,
    options: &WireOptions,
) -> Result<Response, WireError> {
    let origin = Origin::of("http://127.0.0.1").ok_or_else(|| WireError::malformed("no origin"))?;
    let expected = Expected {
        origin: &origin,
        method,
        max_head: options.max_head,
        max_body: options.max_body,
    };
    let mut phase = Phase::Waiting;
    let polled = {
        let reading = std::pin::pin!(read_answer(bytes, expected, &mut phase));
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        reading.poll(&mut context)
    };
    match polled {
        std::task::Poll::Ready(outcome) => outcome.map(|answer| answer.response),
        // Bytes in memory never let a reader wait.
        std::task::Poll::Pending => Err(WireError::Closed { phase }),
    }
}

pub(super) struct AnswerReader<'a, R> {
    source: R,
    pub(super) buffer: BytesMut,
    pub(super) expected: Expected<'a>,
    phase: &'a mut Phase,
}

impl<R: AsyncRead + Unpin> AnswerReader<'_, R> {
    /// The first head that is not an interim one (RFC 9110 section 15.2).
    async fn final_head(&mut self) -> Result<Head, WireError> {
        for _ in 0..=MAX_INTERIM {
            let head = self.head().await?;
            match head.status {
                101 => {
                    return Err(WireError::malformed(
                        "it switches protocols, which nobody asked for",
                    ));
                }
                100..=199 => {}
                _ => return Ok(head),
            }
        }
        Err(WireError::malformed(format!(
            "more than {MAX_INTERIM} interim answers"
        )))
    }

    async fn head(&mut self) -> Result<Head, WireError> {
        let limit = self.expected.max_head;
        let mut looked_at = 0;
        let mut skipped = 0;
        loop {
            // Some servers end a body with a line too many (RFC 9112 section 2.2 tells of clients that do).
            let blank = self
                .buffer
                .iter()
                .take_while(|byte| matches!(byte, b'\r' | b'\n'))
                .count();
            if looked_at == 0 && blank > 0 {
                self.buffer.advance(blank);
                skipped += blank;
            }
            check_start(&self.buffer)?;
            let end = end_of_head(&self.buffer, looked_at);
            if skipped + end.unwrap_or(self.buffer.len()) > limit {
                return Err(WireError::too_long("the head", limit));
            }
            if let Some(end) = end {
                return parse_head(&self.buffer.split_to(end));
            }
            looked_at = self.buffer.len();
            self.need_more().await?;
        }
    }

    /// Reads what there is; an end of the stream here is an early one.
    pub(super) async fn need_more(&mut self) -> Result<(), WireError> {
        if self.more().await? {
            Ok(())
        } else {
            Err(WireError::Closed { phase: *self.phase })
        }
    }

    /// Reads what there is; false at the end of the stream.
    pub(super) async fn more(&mut self) -> Result<bool, WireError> {
        self.buffer.reserve(8 * 1024);
        match self.source.read_buf(&mut self.buffer).await {
            Ok(0) => Ok(false),
            Ok(_) => {
                if *self.phase == Phase::Waiting {
                    *self.phase = Phase::Head;
                }
                Ok(true)
            }
            Err(error) => Err(self.broken(&error)),
        }
    }

    /// A reset is an early end too. So is a TLS stream without its closure alert: RFC 9112 section 9.8 takes
    /// content that is delimited by the close as complete only with that alert.
    fn broken(&self, error: &io::Error) -> WireError {
        tls_failure(self.expected.origin, error).unwrap_or(WireError::Closed { phase: *self.phase })
    }
}

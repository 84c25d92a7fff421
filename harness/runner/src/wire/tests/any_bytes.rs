//! Whatever comes, however it is cut, the reading ends: with an answer within the limits or with a reason.

use crate::wire::answer::{Expected, read_answer};
use crate::wire::{Phase, WireError};
use proptest::collection::vec;
use proptest::prelude::*;
use signoff_oidc::{Origin, Response};
use std::io;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use tokio::io::{AsyncRead, ReadBuf};

const MAX_HEAD: usize = 512;
const MAX_BODY: usize = 256;

/// A stream that never waits: its bytes in pieces of the given lengths, once or for ever.
struct Pieces {
    bytes: Vec<u8>,
    lengths: Vec<usize>,
    endless: bool,
    at: usize,
    reads: usize,
}

impl AsyncRead for Pieces {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.endless && self.at == self.bytes.len() {
            self.at = 0;
        }
        let length = self.lengths[self.reads % self.lengths.len()];
        let end = self
            .bytes
            .len()
            .min(self.at + length.min(buffer.remaining()));
        buffer.put_slice(&self.bytes[self.at..end]);
        self.at = end;
        self.reads += 1;
        Poll::Ready(Ok(()))
    }
}

/// Reads with a single poll: over a stream that never waits, the reading must not either.
fn read(
    bytes: &[u8],
    lengths: &[usize],
    endless: bool,
    method: &str,
) -> Result<Response, WireError> {
    let source = Pieces {
        bytes: bytes.to_vec(),
        lengths: lengths.to_vec(),
        endless,
        at: 0,
        reads: 0,
    };
    let origin = Origin::of("http://127.0.0.1").expect("an origin");
    let expected = Expected {
        origin: &origin,
        method,
        max_head: MAX_HEAD,
        max_body: MAX_BODY,
    };
    let mut phase = Phase::Waiting;
    let reading = pin!(read_answer(source, expected, &mut phase));
    match reading.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => outcome.map(|answer| answer.response),
        Poll::Pending => panic!("the reading waits although there are bytes to read"),
    }
}

/// Bytes that come close to an answer more often than noise does.
fn answer_like() -> impl Strategy<Value = Vec<u8>> {
    let known = prop::sample::select(vec![
        &b"HTTP/1.1 200 OK\r\n"[..],
        b"HTTP/1.1 100 Continue\r\n\r\n",
        b"HTTP/1.1 204 None\r\n",
        b"HTTP/1.0 302 \n",
        b"Content-Length: 5\r\n",
        b"Content-Length: 18446744073709551616\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"Set-Cookie: a=b\r\n",
        b" folded\r\n",
        b"\r\n",
        b"\n",
        b"5\r\nhello\r\n",
        b"5;x=y\r\nhello\r\n",
        b"ffffffffffffffff\r\n",
        b"0\r\n",
        b"\0\xff",
    ]);
    let piece = prop_oneof![8 => known.prop_map(<[u8]>::to_vec), 1 => vec(any::<u8>(), 0..8)];
    let tail = vec(piece, 0..12).prop_map(|pieces| pieces.concat());
    let start = prop::sample::select(vec![
        &b""[..],
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
    ]);
    (start, tail).prop_map(|(start, tail)| [start, &tail].concat())
}

fn any_answer() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![3 => answer_like(), 1 => vec(any::<u8>(), 0..64)]
}

fn lengths() -> impl Strategy<Value = Vec<usize>> {
    vec(1_usize..40, 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn any_bytes_end_in_an_answer_within_the_limits_or_in_a_reason(
        bytes in any_answer(),
        lengths in lengths(),
        method in prop::sample::select(vec!["GET", "HEAD", "CONNECT"]),
    ) {
        if let Ok(response) = read(&bytes, &lengths, false, method) {
            prop_assert!(response.status >= 200);
            prop_assert!(response.body.len() <= MAX_BODY);
        }
    }

    #[test]
    fn bytes_without_end_come_to_an_end(bytes in any_answer(), lengths in lengths()) {
        prop_assume!(!bytes.is_empty());
        let outcome = read(&bytes, &lengths, true, "GET");
        prop_assert!(!matches!(outcome, Err(WireError::Closed { .. })), "{outcome:?}");
    }

    #[test]
    fn how_the_bytes_are_cut_makes_no_difference(bytes in any_answer(), lengths in lengths()) {
        prop_assert_eq!(read(&bytes, &lengths, false, "GET"), read(&bytes, &[usize::MAX], false, "GET"));
    }

    #[test]
    fn chunks_are_put_together_again(
        parts in vec((vec(any::<u8>(), 1..40), "(;[a-z]{1,8}(=[a-z]{1,4})?)?"), 0..6),
        lengths in lengths(),
    ) {
        let mut bytes = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
        for (part, extension) in &parts {
            bytes.extend_from_slice(format!("{:x}{extension}\r\n", part.len()).as_bytes());
            bytes.extend_from_slice(part);
            bytes.extend_from_slice(b"\r\n");
        }
        bytes.extend_from_slice(b"0\r\n\r\n");
        let content = parts.iter().map(|(part, _)| part.as_slice()).collect::<Vec<_>>().concat();
        prop_assert_eq!(read(&bytes, &lengths, false, "GET").map(|response| response.body), Ok(content));
    }
}

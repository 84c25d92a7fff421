//! HTTP as it is spoken here: how much hyper reads before it gives up by itself.
//!
//! Everything is above our own limits, so that those answer first and in words; hyper's refusals have no content.

use std::time::Duration;

use hyper::server::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioTimer};

/// Octets of a head that HTTP/1.1 holds.
const BUFFER: usize = 4 * 1024 * 1024;
/// Header fields that HTTP/1.1 takes at most.
const HEADER_FIELDS: usize = 512;
/// Octets of the header fields of one HTTP/2 request, counted as in RFC 9113 section 6.5.2.
const HEADER_LIST: u32 = 512 * 1024;
/// HTTP/2 requests of one connection at the same time.
const STREAMS: u32 = 100;
/// HTTP/2 requests that a client took back before they were looked at; one more ends the connection. It is what
/// bounds a "rapid reset".
const TAKEN_BACK: usize = 20;
/// Answers of one HTTP/2 connection that wait for the client, in octets of one stream.
const SENT_AHEAD: usize = 64 * 1024;

/// For requests with so many header fields, and twice as many so that those are refused in words. In every request there
/// is a place made for each, so there are no more than are needed.
pub(crate) fn http1(head: Duration, header_fields: usize) -> http1::Builder {
    let header_fields = header_fields.saturating_mul(2).saturating_add(8);
    let mut protocol = http1::Builder::new();
    protocol
        .timer(TokioTimer::new())
        // A client that says it has sent everything still gets its answer.
        .half_close(true)
        .header_read_timeout(head)
        .max_buf_size(BUFFER)
        .max_headers(header_fields.min(HEADER_FIELDS));
    protocol
}

pub(crate) fn http2() -> http2::Builder<TokioExecutor> {
    let mut protocol = http2::Builder::new(TokioExecutor::new());
    protocol
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS)
        .max_header_list_size(HEADER_LIST)
        .max_pending_accept_reset_streams(TAKEN_BACK)
        .max_send_buf_size(SENT_AHEAD);
    protocol
}

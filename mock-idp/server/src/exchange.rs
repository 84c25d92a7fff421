//! One exchange: a request as hyper read it, the provider's answer as hyper will write it.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONNECTION, CONTENT_TYPE, HeaderName, HeaderValue};
use http::request::Parts;
use http::uri::PathAndQuery;
use http::{Response as HttpResponse, StatusCode, Uri, Version};
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Body as _, Incoming};
use mock_idp_core::{Request, Response};
use tokio::time::timeout;

use crate::control_surface;
use crate::conversation::Channel;
use crate::progress::Progress;
use crate::site::Site;

/// How much of refused content is still read, so that a client in the middle of sending gets to see the refusal
/// instead of a reset connection.
const DISCARDED: usize = 16 * 1024 * 1024;

type Answer = HttpResponse<Bytes>;

/// Answers one request.
pub(crate) async fn exchange(
    site: Arc<Site>,
    progress: Arc<Progress>,
    channel: Channel,
    request: http::Request<Incoming>,
) -> Result<HttpResponse<Full<Bytes>>, Infallible> {
    progress.mark();
    let (head, content) = request.into_parts();
    let answer = match read(content, site.described().limits.body, site.patience.content).await {
        Ok(content) => answer(&site, channel, &head, content).await,
        Err(refusal) => refusal.answer(&site),
    };
    progress.mark();
    Ok(answer.map(Full::new))
}

async fn answer(site: &Arc<Site>, channel: Channel, head: &Parts, content: Vec<u8>) -> Answer {
    let request = Request {
        secure: channel == Channel::Tls,
        ..as_sent(head, content)
    };
    match control_surface::answer(site, &request) {
        Some(answer) => as_http(answer),
        None if channel == Channel::PlainBesideTls => text(
            StatusCode::BAD_REQUEST,
            "This port speaks TLS. Without it only the control surface is answered.",
        ),
        None => {
            let response = site.answer(&request).await;
            site.deliver();
            as_http(response)
        }
    }
}

/// The request in the provider's words.
///
/// The target is what the client wrote, with two exceptions of the `http` crate: a fragment, which no target may have,
/// is gone, and the scheme of an absolute-form target is in lower case. Names of header fields are in lower case, and
/// fields of one name stand together. A request of HTTP/2 is written as one of HTTP/1.1.
fn as_sent(head: &Parts, body: Vec<u8>) -> Request {
    let headers = head
        .headers
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec()))
        .collect();
    let request = Request {
        method: head.method.as_str().to_owned(),
        target: head.uri.to_string(),
        secure: false,
        headers,
        body,
    };
    if head.version == Version::HTTP_2 {
        from_http2(&head.uri, request)
    } else {
        request
    }
}

/// What a gateway has to do (RFC 9113 section 8.3.1): `:path` becomes the target and `:authority` the `Host`. The
/// crumbs of a cookie are joined (section 8.2.3).
fn from_http2(uri: &Uri, request: Request) -> Request {
    let (mut headers, mut crumbs) = (Vec::new(), Vec::new());
    if let Some(authority) = uri.authority() {
        headers.push(("host".to_owned(), authority.as_str().into()));
    }
    for (name, value) in request.headers {
        match name.as_str() {
            "host" if uri.authority().is_some() => {}
            "cookie" => crumbs.push(value),
            _ => headers.push((name, value)),
        }
    }
    if !crumbs.is_empty() {
        headers.push(("cookie".to_owned(), crumbs.join(b"; ".as_slice())));
    }
    Request {
        target: uri
            .path_and_query()
            .map_or("/", PathAndQuery::as_str)
            .to_owned(),
        headers,
        ..request
    }
}

/// An answer of the provider as HTTP has it.
pub(crate) fn as_http(response: Response) -> HttpResponse<Bytes> {
    let mut answer = HttpResponse::new(Bytes::from(response.body));
    let Ok(status) = StatusCode::from_u16(response.status) else {
        return defect("a status code outside 100 to 999");
    };
    *answer.status_mut() = status;
    for (name, value) in response.headers {
        match (HeaderName::try_from(&name), HeaderValue::try_from(value)) {
            (Ok(name), Ok(value)) => {
                answer.headers_mut().append(name, value);
            }
            _ => return defect("a header field that HTTP does not allow"),
        }
    }
    answer
}

/// An answer that cannot be written is our own error, and says so.
fn defect(what: &str) -> Answer {
    text(
        StatusCode::INTERNAL_SERVER_ERROR,
        &format!("A defect of the mock: it answered with {what}."),
    )
}

enum Unread {
    TooLong,
    TooSlow,
    Malformed,
}

impl Unread {
    fn answer(self, site: &Site) -> Answer {
        let mut answer = match self {
            Self::TooLong => {
                let limit = site.described().limits.body;
                text(
                    StatusCode::PAYLOAD_TOO_LARGE,
                    &format!("The content is longer than {limit} octets."),
                )
            }
            Self::TooSlow => text(
                StatusCode::REQUEST_TIMEOUT,
                "The content did not arrive in time.",
            ),
            Self::Malformed => text(
                StatusCode::BAD_REQUEST,
                "The content is not framed as its header says.",
            ),
        };
        // Where the next request would begin is not known.
        answer
            .headers_mut()
            .insert(CONNECTION, HeaderValue::from_static("close"));
        answer
    }
}

fn text(status: StatusCode, text: &str) -> Answer {
    let mut answer = HttpResponse::new(Bytes::from(format!("{text}\n")));
    *answer.status_mut() = status;
    answer.headers_mut().insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    answer
}

async fn read(content: Incoming, limit: usize, patience: Duration) -> Result<Vec<u8>, Unread> {
    if content.is_end_stream() {
        return Ok(Vec::new());
    }
    timeout(patience, collect(content, limit))
        .await
        .unwrap_or(Err(Unread::TooSlow))
}

/// Keeps content up to the limit, and reads on for a while beyond it.
async fn collect(mut content: Incoming, limit: usize) -> Result<Vec<u8>, Unread> {
    let mut kept = Vec::new();
    let mut seen = 0_usize;
    while let Some(frame) = content.frame().await {
        let Ok(data) = frame.map_err(|_| Unread::Malformed)?.into_data() else {
            continue;
        };
        seen = seen.saturating_add(data.len());
        if seen <= limit {
            kept.extend_from_slice(&data);
        } else if seen > limit.saturating_add(DISCARDED) {
            break;
        }
    }
    if seen > limit {
        Err(Unread::TooLong)
    } else {
        Ok(kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_arrives_as_it_was_sent() {
        for target in [
            "/a/../b",
            "/%2e%2e/b?x=%zz&y",
            "//x//y;p=1?",
            "/%ff%00?a='!",
            "/\u{e9}",
            "*",
            "http://h:1/p?q",
        ] {
            let request = http::Request::builder()
                .uri(target.as_bytes())
                .body(())
                .unwrap();
            let (head, ()) = request.into_parts();
            assert_eq!(as_sent(&head, Vec::new()).target, target);
        }
    }

    #[test]
    fn repeated_header_fields_and_their_octets_arrive() {
        let request = http::Request::builder()
            .header("A", "1")
            .header("A", &b"\xff"[..])
            .body(())
            .unwrap();
        let (head, ()) = request.into_parts();
        let headers = as_sent(&head, Vec::new()).headers;
        assert_eq!(
            headers,
            [
                ("a".to_owned(), b"1".to_vec()),
                ("a".to_owned(), vec![0xff])
            ]
        );
    }

    #[test]
    fn a_request_of_http2_is_written_as_one_of_http1() {
        let request = http::Request::builder()
            .version(Version::HTTP_2)
            .uri("https://idp.test:8443/a?b")
            .header("cookie", "a=1")
            .header("host", "other.test")
            .header("cookie", "b=2")
            .body(())
            .unwrap();
        let (head, ()) = request.into_parts();
        let request = as_sent(&head, Vec::new());
        assert_eq!(request.target, "/a?b");
        assert_eq!(request.header("host"), Some(b"idp.test:8443".as_slice()));
        assert_eq!(request.header("cookie"), Some(b"a=1; b=2".as_slice()));
        assert_eq!(request.headers.len(), 2);
    }

    #[test]
    fn an_answer_that_is_no_http_is_our_own_error() {
        let answer = |status, name: &str| Response {
            status,
            headers: vec![(name.to_owned(), "v".to_owned())],
            body: Vec::new(),
        };
        assert_eq!(as_http(answer(200, "a")).status(), 200);
        assert_eq!(as_http(answer(99, "a")).status(), 500);
        assert_eq!(as_http(answer(200, "a b")).status(), 500);
    }
}

//! HTTP/2 over TLS: the same answers and limits as HTTP/1.1, and bounds of its own.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use h2::client::{ResponseFuture, SendRequest};
use h2::{Reason, SendStream};
use http::{Request, Response};
use mock_idp::MockIdp;
use mock_idp::core::Limits;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::wire::{get, send};

/// Far above every patience of a server under test.
const LIMIT: Duration = Duration::from_secs(20);

async fn within<T>(conversation: impl Future<Output = T>) -> T {
    timeout(LIMIT, conversation)
        .await
        .expect("the server answers or closes in time")
}

async fn secured(idp: &MockIdp) -> TlsStream<TcpStream> {
    let pem = idp.ca_pem().expect("TLS");
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_slice(pem.as_bytes()).expect("PEM"))
        .expect("an authority");
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec()];
    let stream = TcpStream::connect(idp.server().address())
        .await
        .expect("it listens");
    let name = ServerName::try_from("localhost").expect("a name");
    let connector = TlsConnector::from(Arc::new(config));
    let stream = connector.connect(name, stream).await.expect("a handshake");
    assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
    stream
}

async fn connect(idp: &MockIdp) -> SendRequest<Bytes> {
    let stream = secured(idp).await;
    let (requests, connection) = h2::client::handshake(stream).await.expect("HTTP/2");
    tokio::spawn(async move {
        let _ = connection.await;
    });
    requests
}

fn request(idp: &MockIdp, method: &str, path: &str) -> Request<()> {
    let authority = idp.server().address();
    Request::builder()
        .method(method)
        .uri(format!("https://{authority}{path}"))
        .body(())
        .expect("a request")
}

async fn sent(
    requests: &mut SendRequest<Bytes>,
    request: Request<()>,
    ends: bool,
) -> Result<(ResponseFuture, SendStream<Bytes>), h2::Error> {
    std::future::poll_fn(|context| requests.poll_ready(context)).await?;
    requests.send_request(request, ends)
}

async fn read(answer: ResponseFuture) -> Result<Response<String>, h2::Error> {
    let (head, mut content) = answer.await?.into_parts();
    let mut octets = Vec::new();
    while let Some(data) = content.data().await {
        let data = data?;
        content.flow_control().release_capacity(data.len())?;
        octets.extend_from_slice(&data);
    }
    let text = String::from_utf8(octets).expect("text");
    Ok(Response::from_parts(head, text))
}

async fn ask(
    requests: &mut SendRequest<Bytes>,
    request: Request<()>,
) -> Result<Response<String>, h2::Error> {
    let (answer, _) = sent(requests, request, true).await?;
    read(answer).await
}

async fn started() -> MockIdp {
    MockIdp::builder()
        .tls()
        .start()
        .await
        .expect("the server starts")
}

async fn is_up(idp: &MockIdp) -> bool {
    let mut requests = connect(idp).await;
    let health = request(idp, "GET", "/__mock/health");
    ask(&mut requests, health)
        .await
        .is_ok_and(|answer| answer.status() == 200)
}

#[tokio::test]
async fn discovery_is_the_same_as_over_http1() {
    let idp = started().await;
    let mut requests = within(connect(&idp)).await;
    let path = idp.discovery_url().replace(idp.url(), "");
    let answer = within(ask(&mut requests, request(&idp, "GET", &path)))
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
    assert!(answer.body().contains(idp.issuer()));
    assert!(!answer.headers().contains_key("connection"));
}

#[tokio::test]
async fn cookies_that_come_in_crumbs_are_one_cookie_field() {
    let idp = started().await;
    let mut requests = within(connect(&idp)).await;
    let many = idp.server().tenants()[0].id.clone();
    // More crumbs than header fields are allowed: together they are one field.
    let mut request = request(&idp, "GET", &format!("/{many}/as/jwks"));
    for crumb in 0..Limits::default().header_count {
        let value = format!("c{crumb}=v").parse().unwrap();
        request.headers_mut().append("cookie", value);
    }
    let answer = within(ask(&mut requests, request)).await.unwrap();
    assert_eq!(answer.status(), 200);
}

#[tokio::test]
async fn the_limits_are_those_of_http1_and_said_in_words() {
    let idp = started().await;
    let mut requests = within(connect(&idp)).await;
    let limits = Limits::default();
    let path = format!("/{}/as/signoff?state=", idp.tenant().id);
    let fitting = format!("{path}{}", "x".repeat(limits.target - path.len()));
    let answer = within(ask(&mut requests, request(&idp, "GET", &fitting)))
        .await
        .unwrap();
    assert!(answer.status().as_u16() < 400, "{}", answer.body());
    let longer = within(ask(
        &mut requests,
        request(&idp, "GET", &format!("{fitting}x")),
    ))
    .await
    .unwrap();
    assert_eq!(longer.status(), 414);
    assert!(
        longer.body().contains(&limits.target.to_string()),
        "{}",
        longer.body()
    );

    let mut long = request(&idp, "GET", "/");
    let value = "x".repeat(limits.headers).parse().unwrap();
    long.headers_mut().insert("long", value);
    let answer = within(ask(&mut requests, long)).await.unwrap();
    assert_eq!(answer.status(), 431);
    assert!(answer.body().contains("header"), "{}", answer.body());
}

#[tokio::test]
async fn content_beyond_the_limit_is_refused_in_words() {
    let idp = started().await;
    let mut requests = within(connect(&idp)).await;
    let (answer, mut content) = within(sent(&mut requests, request(&idp, "POST", "/"), false))
        .await
        .unwrap();
    let too_much = vec![b'x'; Limits::default().body + 1];
    content.send_data(Bytes::from(too_much), true).unwrap();
    let answer = within(read(answer)).await.unwrap();
    assert_eq!(answer.status(), 413);
    assert!(answer.body().contains(&Limits::default().body.to_string()));
}

#[tokio::test]
async fn huge_headers_are_refused_and_the_server_goes_on() {
    let idp = started().await;
    let mut requests = within(connect(&idp)).await;
    let mut huge = request(&idp, "GET", "/");
    for field in 0..64 {
        let name: http::HeaderName = format!("long-{field}").parse().unwrap();
        let value = format!("{field}").repeat(32 * 1024).parse().unwrap();
        huge.headers_mut().insert(name, value);
    }
    if let Ok(answer) = within(ask(&mut requests, huge)).await {
        assert_eq!(answer.status(), 431);
    }
    assert!(within(is_up(&idp)).await);
}

#[tokio::test]
async fn streams_beyond_the_bound_wait_or_are_refused_and_the_others_are_answered() {
    let idp = started().await;
    let requests = within(connect(&idp)).await;
    let mut open = Vec::new();
    for _ in 0..300 {
        // Not asked whether there is room: a client that does not care.
        if let Ok(stream) = requests
            .clone()
            .send_request(request(&idp, "POST", "/nothing"), false)
        {
            open.push(stream);
        }
    }
    assert!(open.len() > 100, "the client sends more than it may");
    let mut answered = 0;
    for (answer, mut content) in open {
        let _ = content.send_data(Bytes::new(), true);
        if let Ok(answer) = within(read(answer)).await {
            assert_eq!(answer.status(), 404);
            answered += 1;
        }
    }
    assert!(answered >= 100, "{answered}");
    assert!(within(is_up(&idp)).await);
}

/// One frame (RFC 9113 section 4.1).
fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).expect("a short payload");
    let mut frame = length.to_be_bytes()[1..].to_vec();
    frame.extend([kind, flags]);
    frame.extend(stream.to_be_bytes());
    frame.extend(payload);
    frame
}

/// The code of the GOAWAY frame in what a server sent, if there is one.
fn farewell(mut frames: &[u8]) -> Option<u32> {
    while let [a, b, c, kind, _, _, _, _, _, rest @ ..] = frames {
        let length = u32::from_be_bytes([0, *a, *b, *c]) as usize;
        let payload = rest.get(..length)?;
        if *kind == GOAWAY {
            return Some(u32::from_be_bytes(payload.get(4..8)?.try_into().ok()?));
        }
        frames = &rest[length..];
    }
    None
}

const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const GOAWAY: u8 = 7;
const END_HEADERS: u8 = 4;
/// `:method: GET`, `:scheme: https`, `:path: /` of the static table, and `:authority: idp` (RFC 7541).
const REQUEST: &[u8] = b"\x82\x87\x84\x41\x03idp";
const CANCEL: [u8; 4] = [0, 0, 0, 8];

/// Octets that a client library would not send: each request is taken back in the same breath.
#[tokio::test]
async fn a_rapid_reset_is_bounded() {
    let idp = started().await;
    let mut stream = within(secured(&idp)).await;
    let mut octets = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec();
    octets.extend(frame(SETTINGS, 0, 0, &[]));
    for id in (1..2_000).step_by(2) {
        octets.extend(frame(HEADERS, END_HEADERS, id, REQUEST));
        octets.extend(frame(RST_STREAM, 0, id, &CANCEL));
    }
    let mut received = Vec::new();
    within(async {
        // The server may be gone before everything is written.
        let _ = stream.write_all(&octets).await;
        let _ = stream.read_to_end(&mut received).await;
    })
    .await;
    assert_eq!(
        farewell(&received),
        Some(u32::from(Reason::ENHANCE_YOUR_CALM))
    );
    assert!(within(is_up(&idp)).await);
}

#[tokio::test]
async fn octets_that_are_no_http2_are_closed() {
    let idp = started().await;
    // In clear, HTTP/2 is not spoken: the preface is no request of HTTP/1.1.
    let preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00";
    let answer = send(idp.server().address(), preface).await;
    assert!(answer.is_refusal_or_close(), "{}", answer.text());
    assert_eq!(
        send(idp.server().address(), &get("/__mock/health"))
            .await
            .status(),
        Some(200)
    );
}

//! The ordinary client keeps what a scenario relies on, and bears as much as the exact one.

use crate::wire::testing::{ScriptedServer, Step, hasty, ok, patient};
use crate::wire::{OrdinaryWire, Phase, WireError, WireOptions};
use signoff_oidc::{Request, Response};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

const MAX_HEAD: usize = 16 * 1024;
const MAX_BODY: usize = 64 * 1024;

fn wire() -> OrdinaryWire {
    OrdinaryWire::new(patient()).expect("a wire")
}

async fn outcome(step: Step, options: WireOptions) -> Result<Response, WireError> {
    let server = ScriptedServer::start(vec![vec![step]]).await;
    let options = WireOptions {
        max_head: MAX_HEAD,
        max_body: MAX_BODY,
        ..options
    };
    let outcome = OrdinaryWire::new(options)?
        .send(&server.get("/token?code=very-secret"))
        .await;
    if let Err(error) = &outcome {
        let text = format!("{error} {error:?}");
        assert!(!text.contains("secret") && !text.contains("code"), "{text}");
    }
    outcome
}

#[tokio::test]
async fn duplicate_parameters_arrive_in_order() {
    let server = MockServer::start().await;
    Mock::given(path("/authorize"))
        .respond_with(ResponseTemplate::new(200))
        .mount(&server)
        .await;
    let url = format!(
        "{}/authorize?scope=openid&state=1&state=2&state=&state",
        server.uri()
    );
    wire()
        .send(&Request::get(&url).expect("a request"))
        .await
        .expect("an answer");
    let requests = server.received_requests().await.expect("recorded");
    assert_eq!(
        requests[0].url.query(),
        Some("scope=openid&state=1&state=2&state=&state")
    );
    assert!(!requests[0].headers.contains_key("accept-encoding"));
    assert!(!requests[0].headers.contains_key("cookie"));
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_every_cookie_is_seen() {
    let server = MockServer::start().await;
    let found = ResponseTemplate::new(302)
        .insert_header("Location", "/elsewhere")
        .append_header("Set-Cookie", "ST=1; Path=/")
        .append_header("Set-Cookie", "ST-NO-SS=1; Path=/");
    Mock::given(method("GET"))
        .and(path("/authorize"))
        .respond_with(found)
        .expect(2)
        .mount(&server)
        .await;
    Mock::given(path("/elsewhere"))
        .respond_with(ResponseTemplate::new(500))
        .expect(0)
        .mount(&server)
        .await;
    let mut wire = wire();
    let request = Request::get(&format!("{}/authorize", server.uri())).expect("a request");
    let answer = wire.send(&request).await.expect("an answer");
    assert_eq!(answer.location().as_deref(), Some("/elsewhere"));
    assert_eq!(
        answer.all("Set-Cookie"),
        ["ST=1; Path=/", "ST-NO-SS=1; Path=/"]
    );
    wire.send(&request).await.expect("an answer");
    let requests = server.received_requests().await.expect("recorded");
    assert!(
        requests
            .iter()
            .all(|request| !request.headers.contains_key("cookie"))
    );
}

#[tokio::test]
async fn fields_and_content_go_out_as_given() {
    let server = ScriptedServer::start(vec![vec![Step::Say(ok("")), Step::Say(ok(""))]]).await;
    let mut request = server
        .get("/token")
        .with_header("Authorization", "Basic YTpi")
        .with_header("X-Raw", b"\xff".to_vec());
    request.method = "POST".to_owned();
    request.body = b"code=1&\xff=2".to_vec();
    let mut wire = wire();
    wire.send(&request).await.expect("an answer");
    request.body.clear();
    wire.send(&request).await.expect("an answer");
    let [full, empty] = server.requests().try_into().expect("two requests");
    assert!(full.ends_with(b"\r\n\r\ncode=1&\xff=2"));
    let text = String::from_utf8_lossy(&full).to_ascii_lowercase();
    assert!(
        text.starts_with("post /token http/1.1\r\n")
            && text.contains("\r\nauthorization: basic ytpi\r\n"),
        "{text}"
    );
    assert!(
        full.windows(10)
            .any(|window| window.eq_ignore_ascii_case(b"x-raw: \xff\r\n"))
    );
    assert!(
        String::from_utf8_lossy(&empty)
            .to_ascii_lowercase()
            .contains("\r\ncontent-length: 0\r\n")
    );
    assert_eq!(server.connections(), [0, 0]);
}

#[tokio::test]
async fn an_answer_that_is_coded_is_handed_over_as_it_came() {
    let coded =
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\x1f\x8b\x08"
            .to_vec();
    let answer = outcome(Step::Say(coded), patient())
        .await
        .expect("an answer");
    assert_eq!(answer.body, b"\x1f\x8b\x08");
    assert_eq!(answer.header("Content-Encoding").as_deref(), Some("gzip"));
}

#[tokio::test]
async fn a_broken_answer_ends_in_a_reason() {
    let close = |bytes: &str| Step::SayAndClose(bytes.as_bytes().to_vec());
    let closed = |phase| WireError::Closed { phase };
    for (step, expected) in [
        (close(""), closed(Phase::Head)),
        (close("HTTP/1.1 200 OK\r\nX"), closed(Phase::Head)),
        (
            close("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"),
            closed(Phase::Body),
        ),
        (
            close("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhalf"),
            closed(Phase::Body),
        ),
    ] {
        let what = format!("{step:?}");
        assert_eq!(outcome(step, patient()).await, Err(expected), "{what}");
    }
    for malformed in [
        "SSH-2.0-OpenSSH_9.9\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ] {
        let outcome = outcome(close(malformed), patient()).await;
        assert!(
            matches!(outcome, Err(WireError::Malformed { .. })),
            "{malformed}: {outcome:?}"
        );
    }
}

#[tokio::test]
async fn an_endless_or_slow_answer_ends_too() {
    let repeat = |start: &str, again: &str| {
        Step::SayAndRepeat(start.as_bytes().to_vec(), again.repeat(64).into_bytes())
    };
    for (step, limit) in [
        (
            repeat("HTTP/1.1 200 OK\r\nX: ", "yyyyyyyyyyyyyyyy"),
            MAX_HEAD,
        ),
        (repeat("HTTP/1.1 200 OK\r\n\r\n", "to no close"), MAX_BODY),
        (
            repeat(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                "1\r\nx\r\n",
            ),
            MAX_BODY,
        ),
    ] {
        match outcome(step, patient()).await {
            Err(WireError::TooLong { limit: reached, .. }) => assert_eq!(reached, limit),
            other => panic!("{other:?}"),
        }
    }
    let after = hasty().timeout;
    for (step, phase) in [
        (Step::SayAndHang(Vec::new()), Phase::Head),
        (
            Step::SayAndDrip(b"HTTP/1.1 200 OK\r\nX: ".to_vec(), b'y'),
            Phase::Head,
        ),
        (
            Step::SayAndDrip(b"HTTP/1.1 200 OK\r\n\r\n".to_vec(), b'x'),
            Phase::Body,
        ),
    ] {
        assert_eq!(
            outcome(step, hasty()).await,
            Err(WireError::Timeout { after, phase })
        );
    }
}

#[tokio::test]
async fn a_head_beyond_the_limit_is_refused_even_if_the_client_could_read_it() {
    let head = format!(
        "HTTP/1.1 200 OK\r\nX: {}\r\nContent-Length: 0\r\n\r\n",
        "y".repeat(MAX_HEAD)
    );
    let outcome = outcome(Step::Say(head.into_bytes()), patient()).await;
    assert!(
        matches!(
            outcome,
            Err(WireError::TooLong {
                limit: MAX_HEAD,
                ..
            })
        ),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn a_request_that_no_common_client_can_send_is_refused_without_its_text() {
    let server = ScriptedServer::start(Vec::new()).await;
    let mut long = server.get("/");
    long.target = [&b"/?secret="[..], &b"s".repeat(70_000)].concat();
    let folded = server.get("/").with_header("X", "secret\r\nY: z");
    let mut odd = server.get("/");
    odd.method = "SECRET GET".to_owned();
    for request in [long, folded, odd] {
        let error = wire().send(&request).await.expect_err("no answer");
        assert!(matches!(error, WireError::Unsendable { .. }), "{error:?}");
        assert!(
            !error.to_string().to_lowercase().contains("secret"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_closed_port_is_no_connection() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let request = Request::get(&format!("http://{address}/?code=secret")).expect("a request");
    let error = wire().send(&request).await.expect_err("no answer");
    assert!(matches!(error, WireError::Connect { .. }), "{error:?}");
    assert!(!error.to_string().contains("secret"), "{error}");
}

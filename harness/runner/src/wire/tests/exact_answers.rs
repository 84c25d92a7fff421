//! What comes back, well-formed or not: always an answer or a reason, within the time-out.

use crate::wire::testing::{ScriptedServer, Step, hasty, patient, shown};
use crate::wire::{ExactWire, Phase, WireError, WireOptions};
use signoff_oidc::{Request, Response};
use tokio::task::JoinSet;

const MAX_HEAD: usize = 16 * 1024;
const MAX_BODY: usize = 64 * 1024;

async fn outcome(method: &str, step: Step, options: WireOptions) -> Result<Response, WireError> {
    let server = ScriptedServer::start(vec![vec![step]]).await;
    let options = WireOptions {
        max_head: MAX_HEAD,
        max_body: MAX_BODY,
        ..options
    };
    let mut request = server.get("/logout?id_token_hint=very-secret");
    request.method = method.to_owned();
    let outcome = ExactWire::new(options)?.send(&request).await;
    if let Err(error) = &outcome {
        let text = format!("{error} {error:?}");
        assert!(!text.contains("secret") && !text.contains("hint"), "{text}");
    }
    outcome
}

async fn said(bytes: &[u8]) -> Result<Response, WireError> {
    outcome("GET", Step::SayAndClose(bytes.to_vec()), patient()).await
}

#[tokio::test]
async fn a_framed_answer_is_complete_without_the_close() {
    let table: [(&str, &[u8], u16, &str); 12] = [
        ("GET", b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, "hello"),
        ("GET", b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello", 200, "hello"),
        ("GET", b"HTTP/1.1 200\nContent-Length: 2\n\nlf", 200, "lf"),
        ("GET", b"\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 200, "ok"),
        ("GET", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;a=\"b\"\r\nhel\r\n02 \r\nlo\r\n0;z\r\nX: y\r\n\r\n", 200, "hello"),
        ("GET", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 99\r\n\r\n2\r\nok\r\n0\r\n\r\n", 200, "ok"),
        ("GET", b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", 204, ""),
        ("GET", b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", 304, ""),
        ("HEAD", b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n", 200, ""),
        ("HEAD", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", 200, ""),
        ("GET", b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 302 F\r\nContent-Length: 0\r\n\r\n", 302, ""),
        ("GET", b"HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n", 999, ""),
    ];
    for (method, bytes, status, text) in table {
        let answer = outcome(method, Step::SayAndHang(bytes.to_vec()), patient()).await;
        let shown = answer.as_ref().map(shown);
        assert_eq!(
            shown,
            Ok((status, text.to_owned())),
            "{}",
            String::from_utf8_lossy(bytes)
        );
    }
}

#[tokio::test]
async fn an_unframed_answer_lasts_until_the_close() {
    for bytes in [
        &b"HTTP/1.1 200 OK\r\n\r\nto the close"[..],
        b"HTTP/1.0 200 OK\r\n\r\nto the close",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\nContent-Length: 2\r\n\r\nto the close",
    ] {
        let answer = said(bytes).await.expect("an answer");
        assert_eq!(shown(&answer), (200, "to the close".to_owned()));
    }
}

#[tokio::test]
async fn fields_come_back_in_order_with_repeats() {
    let bytes = b"HTTP/1.1 302 Found\r\nSet-Cookie: ST=; Max-Age=0\r\nLocation: /a\r\nset-cookie: X=1\r\nContent-Length: 0\r\n\r\n";
    let answer = said(bytes).await.expect("an answer");
    let names: Vec<_> = answer
        .headers
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(
        names,
        ["Set-Cookie", "Location", "set-cookie", "Content-Length"]
    );
    assert_eq!(answer.all("Set-Cookie"), ["ST=; Max-Age=0", "X=1"]);
}

#[tokio::test]
async fn an_answer_that_ends_early_says_how_far_it_came() {
    let table: [(&[u8], Phase); 9] = [
        (b"", Phase::Waiting),
        (b"HTTP/1.1 2", Phase::Head),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n", Phase::Head),
        (b"HTTP/1.1 100 Continue\r\n\r\n", Phase::Head),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
            Phase::Body,
        ),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            Phase::Body,
        ),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhalf",
            Phase::Body,
        ),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
            Phase::Body,
        ),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: y\r\n",
            Phase::Body,
        ),
    ];
    for (bytes, phase) in table {
        let error = said(bytes).await;
        assert_eq!(
            error,
            Err(WireError::Closed { phase }),
            "{}",
            String::from_utf8_lossy(bytes)
        );
    }
}

#[tokio::test]
async fn an_answer_that_is_no_http_is_malformed_at_once() {
    let interims = b"HTTP/1.1 100 Continue\r\n\r\n".repeat(17);
    let chunked = |rest: &str| {
        format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{rest}").into_bytes()
    };
    for bytes in [
        b"SSH-2.0-OpenSSH_9.9\r\n".to_vec(),
        b"\x15\x03\x01\0\x02\x02\x50".to_vec(),
        b"<html>no head</html>".to_vec(),
        b"HTTP/2 200\r\n\r\n".to_vec(),
        b"HTTP/1.1 2OO OK\r\n\r\n".to_vec(),
        b"HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n".to_vec(),
        b"HTTP/1.1 200 OK\r\nno colon here\r\n\r\n".to_vec(),
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n".to_vec(),
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!".to_vec(),
        b"HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\nhello".to_vec(),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n".to_vec(),
        chunked("zz\r\n"),
        chunked("-1\r\n"),
        chunked("2\r\nlonger\r\n0\r\n\r\n"),
        chunked("2\nok\r\n0\r\n\r\n"),
        interims,
    ] {
        // The connection stays open: nothing is waited for that cannot change the outcome.
        let outcome = outcome("GET", Step::SayAndHang(bytes.clone()), patient()).await;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(
            matches!(outcome, Err(WireError::Malformed { .. })),
            "{text}: {outcome:?}"
        );
    }
}

#[tokio::test]
async fn an_endless_answer_is_cut_off() {
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (start, again, limit) in [
        ("", "\r\n", MAX_HEAD),
        ("HTTP/1.1 200 OK\r\n", "X: y\r\n", MAX_HEAD),
        ("HTTP/1.1 200 OK\r\nX: ", "yyyyyyyyyyyyyyyy", MAX_HEAD),
        ("HTTP/1.1 200 OK\r\nX: y\r\n", " folded\r\n", MAX_HEAD),
        ("HTTP/1.1 200 OK\r\n\r\n", "to no close", MAX_BODY),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 4294967296\r\n\r\n",
            "x",
            MAX_BODY,
        ),
        (chunked, "1\r\nx\r\n", MAX_BODY),
        (
            chunked,
            "1;0123456789abcdef=0123456789abcdef\r\nx\r\n",
            MAX_HEAD,
        ),
        (&format!("{chunked}1;"), "xxxxxxxxxxxxxxxx", MAX_HEAD),
        (&format!("{chunked}0"), "0000000000000000", MAX_HEAD),
        (
            &format!("{chunked}fffffffffffffffff\r\n"),
            "xxxxxxxxxxxxxxxx",
            MAX_BODY,
        ),
        (
            &format!("{chunked}0\r\n"),
            "A-Trailer-Field: with a value\r\n",
            MAX_HEAD,
        ),
    ] {
        let step = Step::SayAndRepeat(start.as_bytes().to_vec(), again.repeat(64).into_bytes());
        match outcome("GET", step, patient()).await {
            Err(WireError::TooLong { limit: reached, .. }) => {
                assert_eq!(reached, limit, "{start}{again}");
            }
            other => panic!("{start}{again}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn a_silent_or_slow_answer_ends_with_the_time() {
    let chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
    let table = [
        (Step::SayAndHang(Vec::new()), Phase::Waiting),
        (Step::SayUnasked(Vec::new()), Phase::Waiting),
        (
            Step::SayAndHang(b"HTTP/1.1 200 OK\r\n".to_vec()),
            Phase::Head,
        ),
        (
            Step::SayAndDrip(b"HTTP/1.1 200 OK\r\nX: ".to_vec(), b'y'),
            Phase::Head,
        ),
        (Step::SayAndDrip(Vec::new(), b'\n'), Phase::Head),
        (
            Step::SayAndHang(b"HTTP/1.1 200 OK\r\n\r\nand on".to_vec()),
            Phase::Body,
        ),
        (
            Step::SayAndDrip(b"HTTP/1.1 200 OK\r\n\r\n".to_vec(), b'x'),
            Phase::Body,
        ),
        (Step::SayAndDrip(chunked, b'0'), Phase::Body),
    ];
    let mut running = JoinSet::new();
    for (step, phase) in table {
        running.spawn(async move { (outcome("GET", step, hasty()).await, phase) });
    }
    let after = hasty().timeout;
    while let Some(ended) = running.join_next().await {
        let (outcome, phase) = ended.expect("no panic");
        assert_eq!(outcome, Err(WireError::Timeout { after, phase }));
    }
}

#[tokio::test]
async fn a_closed_port_is_no_connection() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let request =
        Request::get(&format!("http://{address}/x?id_token_hint=secret")).expect("a request");
    let error = ExactWire::new(patient())
        .expect("a wire")
        .send(&request)
        .await
        .expect_err("no answer");
    assert!(
        matches!(error, WireError::Connect { .. }) && error.is_unreachable(),
        "{error:?}"
    );
    assert!(
        error
            .to_string()
            .starts_with(&format!("no connection to http://{address}: ")),
        "{error}"
    );
}

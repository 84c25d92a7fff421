//! What is too long, too slow or no HTTP at all is refused or closed, and the server goes on.

use std::time::Duration;

use mock_idp::core::Limits;
use mock_idp::{MockIdp, Patience};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::wire::{get, send, send_all_then_read, send_and_linger};

const MIB: usize = 1024 * 1024;

fn target_of(length: usize, idp: &MockIdp) -> String {
    let path = format!("/{}/as/signoff?state=", idp.tenant().id);
    format!("{path}{}", "x".repeat(length - path.len()))
}

async fn is_up(idp: &MockIdp) -> bool {
    send(idp.server().address(), &get("/__mock/health"))
        .await
        .status()
        == Some(200)
}

#[tokio::test]
async fn a_target_as_long_as_the_limit_is_read() {
    let idp = MockIdp::start().await.unwrap();
    let limit = Limits::default().target;
    let answer = send(idp.server().address(), &get(&target_of(limit, &idp))).await;
    assert!(
        answer.status().is_some_and(|status| status < 400),
        "{}",
        answer.text()
    );
}

#[tokio::test]
async fn a_longer_target_is_refused_in_words() {
    let idp = MockIdp::start().await.unwrap();
    let limit = Limits::default().target;
    let answer = send(idp.server().address(), &get(&target_of(limit + 1, &idp))).await;
    assert_eq!(answer.status(), Some(414));
    assert!(
        answer.content().contains(&limit.to_string()),
        "{}",
        answer.content()
    );
}

#[tokio::test]
async fn a_target_too_long_for_the_http_library_is_refused_or_closed() {
    let idp = MockIdp::start().await.unwrap();
    for length in [65_534, 65_535, 65_536, MIB, 5 * MIB] {
        let answer = send(idp.server().address(), &get(&target_of(length, &idp))).await;
        assert!(answer.is_refusal_or_close(), "{length}: {}", answer.text());
    }
    assert!(is_up(&idp).await);
}

#[tokio::test]
async fn too_many_header_fields_or_octets_are_refused() {
    let idp = MockIdp::start().await.unwrap();
    let long = format!(
        "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nLong: {}\r\n\r\n",
        "x".repeat(MIB)
    );
    let answer = send(idp.server().address(), long.as_bytes()).await;
    assert_eq!(answer.status(), Some(431));
    assert!(answer.content().contains("header"), "{}", answer.content());

    for (count, in_words) in [(200, true), (2_000, false)] {
        let many = "A: b\r\n".repeat(count);
        let head = format!("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{many}\r\n");
        let answer = send(idp.server().address(), head.as_bytes()).await;
        assert_eq!(answer.status(), Some(431), "{count}");
        assert_eq!(!answer.content().is_empty(), in_words, "{count}");
    }
}

#[tokio::test]
async fn content_beyond_the_limit_is_refused_in_words_however_it_is_framed() {
    let idp = MockIdp::start().await.unwrap();
    let content = "x".repeat(9 * MIB);
    let head = "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n";
    let counted = format!("{head}Content-Length: {}\r\n\r\n{content}", content.len());
    let chunked = format!(
        "{head}Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{content}\r\n0\r\n\r\n",
        content.len()
    );
    for request in [counted, chunked] {
        let answer = send_all_then_read(idp.server().address(), request.as_bytes()).await;
        assert_eq!(answer.status(), Some(413));
        assert!(
            answer
                .content()
                .contains(&Limits::default().body.to_string()),
            "{}",
            answer.content()
        );
    }
}

#[tokio::test]
async fn configured_limits_replace_the_default_ones() {
    let limits = Limits {
        target: 100,
        body: 10,
        ..Limits::default()
    };
    let idp = MockIdp::builder().limits(limits).start().await.unwrap();
    let address = idp.server().address();
    assert_eq!(
        send(address, &get(&target_of(101, &idp))).await.status(),
        Some(414)
    );
    let post =
        b"POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 11\r\n\r\n12345678901";
    assert_eq!(send(address, post).await.status(), Some(413));
}

#[tokio::test]
async fn octets_that_are_no_request_are_refused_or_closed() {
    let idp = MockIdp::start().await.unwrap();
    let no_requests: [&[u8]; 13] = [
        b"GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nA: \0\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\n folded: b\r\n\r\n",
        b"GET /\r\n\r\n",
        b"GET",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\r\n\r\n\r\n\r\n",
    ];
    for octets in no_requests {
        let answer = send(idp.server().address(), octets).await;
        assert!(
            answer.is_refusal_or_close(),
            "{:?}: {}",
            octets.escape_ascii().to_string(),
            answer.text()
        );
    }
    assert!(is_up(&idp).await);
}

const SOON: Duration = Duration::from_millis(50);
/// Longer than any test waits.
const LATE: Duration = Duration::from_hours(1);

async fn waiting(head: Duration, content: Duration, answer: Duration) -> MockIdp {
    let patience = Patience {
        head,
        content,
        answer,
        ..Patience::default()
    };
    MockIdp::builder()
        .patience(patience)
        .start()
        .await
        .expect("the server starts")
}

#[tokio::test]
async fn a_head_that_never_ends_is_closed() {
    let idp = waiting(SOON, LATE, LATE).await;
    for beginning in ["", "G", "GET / HTTP/1.1\r\nHost: a\r\n"] {
        let answer = send_and_linger(idp.server().address(), beginning.as_bytes()).await;
        assert!(
            answer.is_refusal_or_close(),
            "{beginning:?}: {}",
            answer.text()
        );
    }
    assert!(is_up(&idp).await);
}

#[tokio::test]
async fn a_connection_that_is_kept_alive_for_nothing_is_closed() {
    let idp = waiting(SOON, LATE, LATE).await;
    let answer = send_and_linger(
        idp.server().address(),
        b"GET /__mock/health HTTP/1.1\r\nHost: a\r\n\r\n",
    )
    .await;
    assert_eq!(answer.status(), Some(200));
}

#[tokio::test]
async fn endless_patience_is_no_trouble() {
    let idp = waiting(Duration::MAX, Duration::MAX, Duration::MAX).await;
    assert!(is_up(&idp).await);
}

#[tokio::test]
async fn content_that_never_ends_is_refused_in_words() {
    let idp = waiting(LATE, SOON, LATE).await;
    let request = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc";
    let answer = send_and_linger(idp.server().address(), request).await;
    assert_eq!(answer.status(), Some(408));
    assert!(answer.content().contains("in time"), "{}", answer.content());
}

#[tokio::test]
async fn a_client_that_takes_no_answers_is_closed() {
    let idp = waiting(SOON, SOON, SOON).await;
    let mut stream = TcpStream::connect(idp.server().address()).await.unwrap();
    let request = "GET /__mock/faults HTTP/1.1\r\nHost: a\r\n\r\n".repeat(100);
    let closed = async { while stream.write_all(request.as_bytes()).await.is_ok() {} };
    timeout(Duration::from_secs(20), closed)
        .await
        .expect("the server gives up in time");
    assert!(is_up(&idp).await);
}

#[tokio::test]
async fn a_connection_beyond_the_cap_is_turned_away_and_room_is_made_again() {
    let patience = Patience {
        connections: 1,
        ..Patience::default()
    };
    let idp = MockIdp::builder().patience(patience).start().await.unwrap();
    let address = idp.server().address();
    let mut first = TcpStream::connect(address).await.unwrap();
    first
        .write_all(b"GET /__mock/health HTTP/1.1\r\nHost: a\r\n\r\n")
        .await
        .unwrap();
    // Its answer shows that it was let in.
    first.read_u8().await.unwrap();

    let second = send_and_linger(address, b"").await;
    assert_eq!(second.status(), Some(503), "{}", second.text());
    drop(first);
    let room = async { while !is_up(&idp).await {} };
    timeout(Duration::from_secs(20), room)
        .await
        .expect("the closed connection is no longer counted");
}

#[tokio::test]
async fn a_connection_serves_several_requests_also_when_they_come_at_once() {
    let idp = MockIdp::start().await.unwrap();
    let one = "GET /__mock/health HTTP/1.1\r\nHost: a\r\n";
    let three = format!("{one}\r\n{one}\r\n{one}Connection: close\r\n\r\n");
    let answers = send(idp.server().address(), three.as_bytes()).await.text();
    assert_eq!(answers.matches("HTTP/1.1 200").count(), 3, "{answers}");
}

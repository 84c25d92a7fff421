//! What goes out, and on which connection.

use crate::wire::testing::{ScriptedServer, Step, ok, patient, shown};
use crate::wire::{ExactWire, Pace, Pacer, Phase, WireError, WireOptions};
use signoff_oidc::Request;
use std::time::Duration;

fn wire() -> ExactWire {
    ExactWire::new(patient()).expect("a wire")
}

fn post(server: &ScriptedServer, body: &[u8]) -> Request {
    let mut request = server.get("/post");
    request.method = "POST".to_owned();
    request.body = body.to_vec();
    request
}

#[tokio::test]
async fn a_target_arrives_byte_for_byte() {
    let long = [&b"/long?state="[..], &b"s".repeat(60_000)].concat();
    for target in [
        &b"/a/../b?x=%zz'\"<>\xff"[..],
        b"/./%2e%2e//a\\b;p=1?state=%00%0d%0a&state=&#f",
        b"/a\tb?q=a b",
        b"*",
        b"",
        &long,
    ] {
        let server = ScriptedServer::start(vec![vec![Step::Say(ok("yes"))]]).await;
        let mut request = server.get("/");
        request.target = target.to_vec();
        let answer = wire().send(&request).await.expect("an answer");
        assert_eq!(shown(&answer), (200, "yes".to_owned()));
        let line = [b"GET ", target, b" HTTP/1.1\r\nHost: "].concat();
        assert!(
            server.requests()[0].starts_with(&line),
            "{}",
            String::from_utf8_lossy(target)
        );
    }
}

#[tokio::test]
async fn a_post_arrives_with_its_length_and_content() {
    let server = ScriptedServer::start(vec![vec![Step::Say(ok(""))]]).await;
    wire()
        .send(&post(&server, b"state=\xff&state="))
        .await
        .expect("an answer");
    let authority = format!("127.0.0.1:{}", server.port());
    let head = format!(
        "POST /post HTTP/1.1\r\nHost: {authority}\r\nContent-Length: 14\r\nConnection: keep-alive\r\n\r\n"
    );
    assert_eq!(
        server.requests(),
        [[head.as_bytes(), b"state=\xff&state="].concat()]
    );
}

#[tokio::test]
async fn a_connection_is_kept_for_the_next_request() {
    let script = vec![Step::Say(ok("1")), Step::Say(ok("2")), Step::Say(ok("3"))];
    let server = ScriptedServer::start(vec![script]).await;
    let mut wire = wire();
    for expected in ["1", "2", "3"] {
        let answer = wire.send(&server.get("/")).await.expect("an answer");
        assert_eq!(answer.text(), expected);
    }
    assert_eq!(server.connections(), [0, 0, 0]);
}

#[tokio::test]
async fn a_post_has_a_connection_of_its_own_and_leaves_it_to_the_next() {
    let scripts = vec![
        vec![Step::Say(ok("1")), Step::Say(ok("kept"))],
        vec![Step::Say(ok("2")), Step::Say(ok("3"))],
    ];
    let server = ScriptedServer::start(scripts).await;
    let mut wire = wire();
    wire.send(&server.get("/")).await.expect("an answer");
    wire.send(&post(&server, b"")).await.expect("an answer");
    let third = wire.send(&server.get("/")).await.expect("an answer");
    assert_eq!(third.text(), "3");
    assert_eq!(server.connections(), [0, 1, 1]);
}

#[tokio::test]
async fn a_connection_is_not_kept_after_an_answer_that_says_or_needs_its_end() {
    for first in [
        &b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"[..],
        b"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
        // Bytes too many must not become the answer to the next request.
        b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n",
    ] {
        let scripts = vec![
            vec![Step::Say(first.to_vec()), Step::Say(ok("old"))],
            vec![Step::Say(ok("new"))],
        ];
        let server = ScriptedServer::start(scripts).await;
        let mut wire = wire();
        wire.send(&server.get("/")).await.expect("an answer");
        let second = wire.send(&server.get("/")).await.expect("an answer");
        assert_eq!(second.text(), "new", "{}", String::from_utf8_lossy(first));
    }
}

#[tokio::test]
async fn a_request_that_asks_to_close_leaves_no_connection() {
    let scripts = vec![
        vec![Step::Say(ok("1")), Step::Say(ok("old"))],
        vec![Step::Say(ok("new"))],
    ];
    let server = ScriptedServer::start(scripts).await;
    let mut wire = wire();
    let closing = server.get("/").with_header("connection", "x, Close");
    wire.send(&closing).await.expect("an answer");
    assert_eq!(
        wire.send(&server.get("/")).await.expect("an answer").text(),
        "new"
    );
}

#[tokio::test]
async fn a_kept_connection_that_dies_before_any_byte_is_tried_again_on_a_new_one() {
    let dies = vec![Step::Say(ok("1")), Step::SayAndClose(Vec::new())];
    let server = ScriptedServer::start(vec![dies, vec![Step::Say(ok("2"))]]).await;
    let mut wire = wire();
    wire.send(&server.get("/")).await.expect("an answer");
    let second = wire.send(&server.get("/")).await.expect("an answer");
    assert_eq!(second.text(), "2");
    assert_eq!(server.connections(), [0, 0, 1]);
}

#[tokio::test]
async fn a_kept_connection_that_was_closed_meanwhile_is_not_noticed() {
    let server =
        ScriptedServer::start(vec![vec![Step::Say(ok("1"))], vec![Step::Say(ok("2"))]]).await;
    let mut wire = wire();
    wire.send(&server.get("/")).await.expect("an answer");
    let second = wire.send(&server.get("/")).await.expect("an answer");
    assert_eq!(second.text(), "2");
    assert_eq!(server.connections(), [0, 1]);
}

#[tokio::test]
async fn a_request_is_repeated_once_at_most_and_never_after_a_byte() {
    let closed = |phase| Err(WireError::Closed { phase });
    let close = |bytes: &[u8]| Step::SayAndClose(bytes.to_vec());
    let table = [
        (vec![vec![close(b"")]], 1, Phase::Waiting),
        (vec![vec![Step::Say(ok("")), close(b"H")]], 2, Phase::Head),
        (
            vec![vec![Step::Say(ok("")), close(b"")], vec![close(b"")]],
            3,
            Phase::Waiting,
        ),
    ];
    for (scripts, requests, phase) in table {
        // One more connection is there to be taken, were the request repeated once too often.
        let mut scripts = scripts;
        scripts.push(vec![Step::Say(ok("once too often"))]);
        let warm_up = scripts[0].len() == 2;
        let server = ScriptedServer::start(scripts).await;
        let mut wire = wire();
        if warm_up {
            wire.send(&server.get("/")).await.expect("an answer");
        }
        assert_eq!(wire.send(&server.get("/")).await, closed(phase));
        assert_eq!(server.requests().len(), requests);
    }
}

#[tokio::test]
async fn an_answer_counts_that_comes_before_the_request_was_read() {
    let early = b"HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno".to_vec();
    let server = ScriptedServer::start(vec![
        vec![Step::SayUnasked(early)],
        vec![Step::Say(ok("next"))],
    ])
    .await;
    let mut wire = wire();
    // More than the sockets of both sides hold, so that the sending cannot end.
    let answer = wire
        .send(&post(&server, &vec![b'x'; 64 << 20]))
        .await
        .expect("an answer");
    assert_eq!(shown(&answer), (413, "no".to_owned()));
    assert_eq!(
        wire.send(&server.get("/")).await.expect("an answer").text(),
        "next"
    );
}

#[tokio::test]
async fn a_name_can_be_given_an_address() {
    let server = ScriptedServer::start(vec![vec![Step::Say(ok("here"))]]).await;
    let address = ([127, 0, 0, 1], server.port()).into();
    let options = WireOptions {
        resolve: vec![("op.test".to_owned(), address)],
        ..patient()
    };
    let mut wire = ExactWire::new(options).expect("a wire");
    let request = Request::get("http://op.test/x").expect("a request");
    assert_eq!(wire.send(&request).await.expect("an answer").text(), "here");
    assert!(server.requests()[0].starts_with(b"GET /x HTTP/1.1\r\nHost: op.test\r\n"));
}

#[tokio::test]
async fn a_busy_target_is_given_the_time_it_asks_for() {
    let busy = b"HTTP/1.1 429 Slow down\r\nRetry-After: 3600\r\nContent-Length: 0\r\n\r\n".to_vec();
    let server = ScriptedServer::start(vec![vec![Step::Say(busy), Step::Say(ok(""))]]).await;
    let pause = Duration::from_millis(80);
    let options = WireOptions {
        pacer: Pacer::new(Pace::new(None, pause).expect("a pace")),
        ..patient()
    };
    let mut wire = ExactWire::new(options).expect("a wire");
    let before = tokio::time::Instant::now();
    assert_eq!(
        wire.send(&server.get("/")).await.expect("an answer").status,
        429
    );
    assert_eq!(
        wire.send(&server.get("/")).await.expect("an answer").status,
        200
    );
    assert!(before.elapsed() >= pause);
}

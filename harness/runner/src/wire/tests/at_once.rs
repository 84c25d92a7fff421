//! Two requests at the same moment.

use crate::wire::testing::{ScriptedServer, Step, hasty, ok, patient, shown};
use crate::wire::{ExactWire, WireError, WireOptions};
use signoff_oidc::Request;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Barrier;

/// Reads a request without content; answers with its number when as many others have come as the barrier wants.
async fn answer_together(mut stream: TcpStream, number: usize, all: Arc<Barrier>) -> Vec<u8> {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        request.push(stream.read_u8().await.expect("a byte"));
    }
    all.wait().await;
    stream
        .write_all(&ok(&number.to_string()))
        .await
        .expect("written");
    request
}

/// Sends a request twice to a server that answers nobody before so many requests have come.
async fn sent(options: WireOptions, wanted: usize) -> ([Result<u16, WireError>; 2], Vec<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let serving = tokio::spawn(async move {
        let all = Arc::new(Barrier::new(wanted));
        let mut connections = Vec::new();
        for number in 0..2 {
            let (stream, _) = listener.accept().await.expect("a connection");
            connections.push(tokio::spawn(answer_together(
                stream,
                number,
                Arc::clone(&all),
            )));
        }
        let mut requests = Vec::new();
        for connection in connections {
            requests.push(connection.await.expect("served"));
        }
        requests
    });
    let url = format!("http://127.0.0.1:{port}/logout?state=%zz");
    let request = Request::get(&url).expect("a request");
    let mut wire = ExactWire::new(options).expect("a wire");
    let answers = wire.send_twice_at_once(&request).await;
    let answers = answers.map(|answer| answer.map(|response| response.status));
    let requests = if wanted > 2 {
        serving.abort();
        Vec::new()
    } else {
        serving.await.expect("served")
    };
    (answers, requests)
}

#[tokio::test]
async fn both_are_under_way_before_either_is_answered() {
    let (answers, requests) = sent(patient(), 2).await;
    assert_eq!(answers, [Ok(200), Ok(200)]);
    assert_eq!(requests[0], requests[1]);
    assert!(requests[0].starts_with(b"GET /logout?state=%zz HTTP/1.1\r\n"));
}

#[tokio::test]
async fn both_end_with_the_time() {
    let (answers, _) = sent(hasty(), 3).await;
    for answer in answers {
        assert!(
            matches!(answer, Err(WireError::Timeout { .. })),
            "{answer:?}"
        );
    }
}

#[tokio::test]
async fn what_becomes_of_one_is_not_the_others_business_and_neither_connection_is_kept() {
    let scripts = vec![
        vec![Step::Say(ok("kept"))],
        vec![Step::SayAndClose(Vec::new())],
        vec![Step::Say(ok("two"))],
        vec![Step::Say(ok("later"))],
    ];
    let server = ScriptedServer::start(scripts).await;
    let mut wire = ExactWire::new(patient()).expect("a wire");
    let request = server.get("/");
    wire.send(&request).await.expect("an answer");
    let [one, two] = wire.send_twice_at_once(&request).await;
    assert!(matches!(one, Err(WireError::Closed { .. })), "{one:?}");
    assert_eq!(two.as_ref().map(shown), Ok((200, "two".to_owned())));
    wire.send(&request).await.expect("an answer");
    let mut connections = server.connections();
    connections.sort_unstable();
    assert_eq!(connections, [0, 1, 2, 3]);
}

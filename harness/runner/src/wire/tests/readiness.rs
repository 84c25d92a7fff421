//! Waiting for a target ends: when it answers, or when patience does.

use crate::wire::testing::{ScriptedServer, Step, ok, patient};
use crate::wire::{LastTry, NotReady, Patience, Ready, WireError, wait_until_ready};
use std::time::Duration;

fn refusal(status: u16) -> Vec<Step> {
    let head = format!("HTTP/1.1 {status} No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    vec![Step::SayAndClose(head.into_bytes())]
}

fn patience(tries: u32) -> Patience {
    Patience {
        within: Duration::from_mins(1),
        tries,
        first_pause: Duration::ZERO,
    }
}

#[tokio::test]
async fn a_target_is_ready_at_its_first_success() {
    let scripts = vec![
        refusal(503),
        refusal(404),
        vec![Step::SayAndClose(Vec::new())],
        vec![Step::Say(ok("up"))],
    ];
    let server = ScriptedServer::start(scripts).await;
    let ready = wait_until_ready(&server.url("/ready"), patient(), patience(10)).await;
    assert_eq!(
        ready,
        Ok(Ready {
            status: 200,
            tries: 4
        })
    );
}

#[tokio::test]
async fn the_number_of_tries_is_bounded_and_the_last_is_told() {
    let server = ScriptedServer::start(vec![
        refusal(404),
        refusal(503),
        vec![Step::Say(ok("too late"))],
    ])
    .await;
    let error = wait_until_ready(&server.url("/"), patient(), patience(2))
        .await
        .expect_err("not ready");
    assert_eq!(
        error,
        NotReady {
            tries: 2,
            last: Some(LastTry::Status(503))
        }
    );
    assert_eq!(
        error.to_string(),
        "not ready after 2 tries: the last answer was 503"
    );
}

#[tokio::test]
async fn the_time_is_bounded_over_a_closed_port_and_a_silent_server() {
    let brief = Patience {
        within: Duration::from_millis(500),
        tries: u32::MAX,
        first_pause: Duration::from_millis(1),
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let closed = format!("http://{}/", listener.local_addr().expect("an address"));
    drop(listener);
    let error = wait_until_ready(&closed, patient(), brief)
        .await
        .expect_err("not ready");
    assert!(
        matches!(error.last, Some(LastTry::Failed(WireError::Connect { .. }))),
        "{error:?}"
    );
    let silent = ScriptedServer::start(vec![vec![Step::SayAndHang(Vec::new())]]).await;
    let error = wait_until_ready(&silent.url("/"), patient(), brief).await;
    assert_eq!(
        error,
        Err(NotReady {
            tries: 0,
            last: None
        })
    );
}

#[tokio::test]
async fn what_waiting_cannot_mend_is_told_at_once() {
    let error = wait_until_ready("not a url", patient(), patience(u32::MAX))
        .await
        .expect_err("not ready");
    assert!(
        matches!(
            error.last,
            Some(LastTry::Failed(WireError::Unsendable { .. }))
        ),
        "{error:?}"
    );
}

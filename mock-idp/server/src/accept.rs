//! From a listener to exchanges: accepts connections, keeps their number and their time within bounds, and ends them.

use std::io::Write as _;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, sleep_until, timeout};

use crate::exchange::exchange;
use crate::progress::Progress;
use crate::site::Site;

/// Above our own limits, so that those answer first and in words; hyper's own refusal has no content.
const BUFFER: usize = 4 * 1024 * 1024;
/// Likewise above the number of header fields that the provider accepts.
const HEADER_FIELDS: usize = 512;

const AT_CAPACITY: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain\r\nRetry-After: 1\r\n\
    Content-Length: 46\r\nConnection: close\r\n\r\nThere are too many connections to this server\n";

/// Serves until `stop` is done; then lets answers that are under way be written, and returns.
///
/// Dropping the future instead closes every connection at once.
pub(crate) async fn accept(listener: TcpListener, site: Arc<Site>, stop: impl Future<Output = ()>) {
    let (finishing, _) = watch::channel(false);
    let mut connections = JoinSet::new();
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) if connections.len() >= site.patience.connections => turn_away(stream),
                Ok((stream, _)) => {
                    connections.spawn(converse(stream, Arc::clone(&site), finishing.subscribe()));
                }
                // Out of file descriptors, for example: without a pause this loop would spin until some are free.
                Err(_) => sleep(Duration::from_millis(20)).await,
            },
        }
    }
    drop(listener);
    finishing.send_replace(true);
    // What is not done by then is closed with the set.
    let _ = timeout(site.patience.finish, async {
        while connections.join_next().await.is_some() {}
    })
    .await;
}

/// Says why, as far as the socket takes it without waiting.
fn turn_away(stream: TcpStream) {
    if let Ok(mut stream) = stream.into_std() {
        let _ = stream.write(AT_CAPACITY);
    }
}

async fn converse(stream: TcpStream, site: Arc<Site>, mut finishing: watch::Receiver<bool>) {
    // Answers are written whole; waiting for more to send only delays them.
    let _ = stream.set_nodelay(true);
    let progress = Arc::new(Progress::new());
    let head = site.patience.head;
    let patience = head + site.patience.content + site.patience.answer;
    let service = service_fn({
        let progress = Arc::clone(&progress);
        move |request| {
            let (site, progress) = (Arc::clone(&site), Arc::clone(&progress));
            async move { exchange(&site, &progress, request).await }
        }
    });
    let mut connection = pin!(protocol(head).serve_connection(TokioIo::new(stream), service));
    let mut told = false;
    loop {
        tokio::select! {
            _ = connection.as_mut() => return,
            _ = finishing.wait_for(|finishing| *finishing), if !told => {
                told = true;
                connection.as_mut().graceful_shutdown();
            }
            () = sleep_until(progress.deadline(patience)) => {
                if progress.deadline(patience) <= tokio::time::Instant::now() {
                    return;
                }
            }
        }
    }
}

fn protocol(head: Duration) -> http1::Builder {
    let mut protocol = http1::Builder::new();
    protocol
        .timer(TokioTimer::new())
        // A client that says it has sent everything still gets its answer.
        .half_close(true)
        .header_read_timeout(head)
        .max_buf_size(BUFFER)
        .max_headers(HEADER_FIELDS);
    protocol
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_refusal_at_capacity_states_its_true_length() {
        let text = std::str::from_utf8(AT_CAPACITY).unwrap();
        let (head, content) = text.split_once("\r\n\r\n").unwrap();
        assert!(
            head.contains(&format!("Content-Length: {}\r\n", content.len())),
            "{}",
            content.len()
        );
    }
}

//! From a listener to connections: accepts them, keeps their number within bounds, and ends them.

use std::io::Write as _;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::conversation::converse;
use crate::site::Site;

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

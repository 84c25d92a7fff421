//! One connection: which protocol is spoken on it, and when it ends.

use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;

use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};
use tokio_rustls::server::TlsStream;

use crate::exchange::exchange;
use crate::progress::Progress;
use crate::protocol;
use crate::site::Site;
use crate::tls::{HTTP_2, Secured};

/// The first octet of a TLS handshake (RFC 8446 section 5.1); no HTTP request begins with it.
const HANDSHAKE: u8 = 0x16;

/// How a request came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Channel {
    /// In clear, to a server without TLS.
    Plain,
    /// In clear, to a server with TLS: only the control surface is there.
    PlainBesideTls,
    /// Over TLS.
    Tls,
}

/// Serves a connection until it is done, too slow, or told to finish.
pub(crate) async fn converse(
    stream: TcpStream,
    site: Arc<Site>,
    mut finishing: watch::Receiver<bool>,
) {
    // Answers are written whole; waiting for more to send only delays them.
    let _ = stream.set_nodelay(true);
    let opened = tokio::select! {
        opened = open(stream, site.secured.as_ref()) => opened,
        () = sleep_until(Instant::now() + site.patience.head) => return,
        _ = finishing.wait_for(|finishing| *finishing) => return,
    };
    match opened {
        Ok(Opened::Plain(stream, channel)) => speak_http1(stream, channel, site, finishing).await,
        Ok(Opened::Tls(stream)) if stream.get_ref().1.alpn_protocol() == Some(HTTP_2) => {
            speak_http2(*stream, site, finishing).await;
        }
        Ok(Opened::Tls(stream)) => speak_http1(*stream, Channel::Tls, site, finishing).await,
        // There is nobody to tell: what a failed handshake has to say was said by TLS.
        Err(_) => {}
    }
}

enum Opened {
    Plain(TcpStream, Channel),
    Tls(Box<TlsStream<TcpStream>>),
}

async fn open(stream: TcpStream, secured: Option<&Secured>) -> io::Result<Opened> {
    let Some(secured) = secured else {
        return Ok(Opened::Plain(stream, Channel::Plain));
    };
    let mut first = [0];
    stream.peek(&mut first).await?;
    if first[0] == HANDSHAKE {
        let stream = secured.acceptor.accept(stream).await?;
        Ok(Opened::Tls(Box::new(stream)))
    } else {
        Ok(Opened::Plain(stream, Channel::PlainBesideTls))
    }
}

async fn speak_http1(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    channel: Channel,
    site: Arc<Site>,
    finishing: watch::Receiver<bool>,
) {
    let (progress, patience) = (Arc::new(Progress::new()), site.patience.clone());
    let http = protocol::http1(patience.head, site.described().limits.header_count);
    let service = service_fn({
        let progress = Arc::clone(&progress);
        move |request| exchange(Arc::clone(&site), Arc::clone(&progress), channel, request)
    });
    let connection = http.serve_connection(TokioIo::new(stream), service);
    let deadline = move || progress.deadline(patience.whole());
    attend(
        pin!(connection),
        http1::Connection::graceful_shutdown,
        deadline,
        finishing,
    )
    .await;
}

async fn speak_http2(
    stream: TlsStream<TcpStream>,
    site: Arc<Site>,
    finishing: watch::Receiver<bool>,
) {
    let (progress, patience) = (Arc::new(Progress::new()), site.patience.clone());
    let service = service_fn({
        let progress = Arc::clone(&progress);
        move |request| {
            exchange(
                Arc::clone(&site),
                Arc::clone(&progress),
                Channel::Tls,
                request,
            )
        }
    });
    let connection = protocol::http2().serve_connection(TokioIo::new(stream), service);
    let deadline = move || progress.deadline(patience.whole());
    attend(
        pin!(connection),
        http2::Connection::graceful_shutdown,
        deadline,
        finishing,
    )
    .await;
}

/// Keeps a connection going until it is done or its deadline has passed.
async fn attend<C: Future>(
    mut connection: Pin<&mut C>,
    finish: impl Fn(Pin<&mut C>),
    deadline: impl Fn() -> Instant,
    mut finishing: watch::Receiver<bool>,
) {
    let mut told = false;
    loop {
        tokio::select! {
            _ = connection.as_mut() => return,
            _ = finishing.wait_for(|finishing| *finishing), if !told => {
                told = true;
                finish(connection.as_mut());
            }
            () = sleep_until(deadline()) => {
                if deadline() <= Instant::now() {
                    return;
                }
            }
        }
    }
}

//! Calls of the provider over the network: to the loopback interface only, in clear, each in bounded time.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use bytes::Bytes;
use http::Uri;
use http::header::{CONNECTION, HOST, HeaderName, HeaderValue};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use mock_idp_core::{CallAnswer, NoAnswer, Request, Response};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// For the whole of a call. Longer than anything on the loopback interface takes, shorter than a browser waits.
const PATIENCE: Duration = Duration::from_secs(5);

/// Octets of an answer that are read.
const LONGEST: usize = 1024 * 1024;

/// Makes a call whose target is in absolute form.
pub(crate) async fn send(request: &Request) -> CallAnswer {
    let place = Place::of(request)?;
    match timeout(PATIENCE, exchange(&place, request)).await {
        Ok(answer) => answer,
        Err(_) => no_answer(format!(
            "{} did not answer within {} seconds",
            place.authority,
            PATIENCE.as_secs()
        )),
    }
}

fn no_answer<T>(why: impl Into<String>) -> Result<T, NoAnswer> {
    Err(NoAnswer(why.into()))
}

/// Where a call goes.
struct Place {
    address: SocketAddr,
    authority: String,
    path_and_query: String,
}

impl Place {
    fn of(request: &Request) -> Result<Self, NoAnswer> {
        let Ok(uri) = request.target.parse::<Uri>() else {
            return no_answer("the address to call is no URL");
        };
        let (Some(scheme), Some(host)) = (uri.scheme_str(), uri.host()) else {
            return no_answer("the address to call is not absolute");
        };
        if scheme != "http" {
            return no_answer(format!(
                "{scheme}://{host} is not called: the mock calls others by http on loopback alone"
            ));
        }
        let Some(ip) = loopback(host) else {
            return no_answer(format!(
                "{host} is not called: it is not on loopback (127.0.0.0/8, [::1], localhost)"
            ));
        };
        let port = uri.port_u16().unwrap_or(80);
        Ok(Self {
            address: SocketAddr::new(ip, port),
            authority: format!("{host}:{port}"),
            path_and_query: uri
                .path_and_query()
                .map_or("/", |path| path.as_str())
                .to_owned(),
        })
    }
}

/// The loopback address that a host stands for (RFC 6761 section 6.3). No name is looked up.
fn loopback(host: &str) -> Option<IpAddr> {
    let name = host.to_ascii_lowercase();
    if name == "localhost" || name.ends_with(".localhost") {
        return Some(Ipv4Addr::LOCALHOST.into());
    }
    let ip: IpAddr = name
        .trim_start_matches('[')
        .trim_end_matches(']')
        .parse()
        .ok()?;
    ip.is_loopback().then_some(ip)
}

async fn exchange(place: &Place, request: &Request) -> CallAnswer {
    let failed = |what: &str, why: &dyn std::fmt::Display| {
        NoAnswer(format!("{what} {}: {why}", place.authority))
    };
    let stream = TcpStream::connect(place.address)
        .await
        .map_err(|error| failed("cannot connect to", &error))?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
        .await
        .map_err(|error| failed("no HTTP with", &error))?;
    let conversation = async {
        let response = sender
            .send_request(written(place, request)?)
            .await
            .map_err(|error| failed("no answer from", &error))?;
        let (head, body) = response.into_parts();
        let content = Limited::new(body, LONGEST)
            .collect()
            .await
            .map_err(|error| failed("no whole answer from", &error))?;
        Ok(read(&head, content.to_bytes().to_vec()))
    };
    tokio::pin!(conversation);
    tokio::select! {
        answer = &mut conversation => answer,
        // The connection is done first when its last octet was read; what was read is still to be had.
        _ = connection => conversation.await,
    }
}

fn written(place: &Place, request: &Request) -> Result<http::Request<Full<Bytes>>, NoAnswer> {
    let mut builder = http::Request::builder()
        .method(request.method.as_str())
        .uri(place.path_and_query.as_str())
        .header(HOST, place.authority.as_str())
        .header(CONNECTION, "close");
    for (name, value) in &request.headers {
        let pair = (HeaderName::try_from(name), HeaderValue::from_bytes(value));
        let (Ok(name), Ok(value)) = pair else {
            return no_answer("a header field of the call is not allowed in HTTP");
        };
        builder = builder.header(name, value);
    }
    builder
        .body(Full::new(Bytes::from(request.body.clone())))
        .map_err(|error| NoAnswer(format!("the call cannot be written: {error}")))
}

/// Header values that are not visible ASCII mean nothing to the provider and are left out.
fn read(head: &http::response::Parts, body: Vec<u8>) -> Response {
    let headers = head.headers.iter();
    let headers = headers.filter_map(|(name, value)| {
        let value = value.to_str().ok()?;
        Some((name.as_str().to_owned(), value.to_owned()))
    });
    Response {
        status: head.status.as_u16(),
        headers: headers.collect(),
        body,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_is_called() {
        for host in [
            "127.0.0.1",
            "127.9.9.9",
            "[::1]",
            "localhost",
            "rp.localhost",
        ] {
            assert!(loopback(host).is_some(), "{host}");
        }
        for host in [
            "10.0.0.1",
            "example.com",
            "localhost.example",
            "[::2]",
            "0.0.0.0",
        ] {
            assert!(loopback(host).is_none(), "{host}");
        }
    }

    #[test]
    fn an_address_that_is_not_called_says_why() {
        let why = |target: &str| Place::of(&Request::get(target)).err().map(|why| why.0);
        assert!(why("https://127.0.0.1/").is_some_and(|why| why.contains("by http on loopback")));
        assert!(why("http://rp.example/").is_some_and(|why| why.contains("not on loopback")));
        assert!(why("/relative").is_some_and(|why| why.contains("not absolute")));
        assert!(why("http://localhost:4999/x?y").is_none());
    }

    /// A listener that answers one connection with these octets, and what it was sent.
    async fn answered_with(octets: &'static [u8]) -> (CallAnswer, String) {
        use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0))
            .await
            .unwrap();
        let address = listener.local_addr().unwrap();
        let request = Request::post_form(format!("http://{address}/back?x=1"), "logout_token=t");
        let served = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut sent = Vec::new();
            while !sent.ends_with(b"logout_token=t") {
                stream.read_buf(&mut sent).await.unwrap();
            }
            stream.write_all(octets).await.unwrap();
            String::from_utf8(sent).unwrap()
        };
        tokio::join!(send(&request), served)
    }

    #[tokio::test]
    async fn a_call_is_an_ordinary_request() {
        let (answer, sent) =
            answered_with(b"HTTP/1.1 200 OK\r\nX-A: 1\r\nContent-Length: 2\r\n\r\nok").await;
        let answer = answer.unwrap();
        assert_eq!(
            (answer.status, answer.body.as_slice()),
            (200, b"ok".as_slice())
        );
        assert_eq!(answer.header("x-a"), Some("1"));
        assert!(
            sent.starts_with("POST /back?x=1 HTTP/1.1\r\nhost: 127.0.0.1:"),
            "{sent}"
        );
        assert!(sent.contains("content-length: 14\r\n"), "{sent}");
    }

    #[tokio::test]
    async fn what_is_no_answer_is_told_as_none() {
        let cut = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok";
        for octets in [b"nonsense".as_slice(), cut, b""] {
            let (answer, _) = answered_with(octets).await;
            assert!(answer.is_err_and(|why| why.0.contains("127.0.0.1:")));
        }
    }
}

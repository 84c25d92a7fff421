//! The relying parties' back-channel addresses, at which the harness itself listens while it runs: what the IdP tells
//! them of a sign-off (Back-Channel Logout 1.0 section 2.5) is heard and answered as section 2.8 has it.

use http_body_util::{BodyExt as _, Empty, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CACHE_CONTROL, HOST, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use signoff_oidc::Request;
use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// Octets of a call that are read; a logout token is far shorter.
const LONGEST: usize = 64 * 1024;

/// How many calls wait to be taken down before others are refused.
const MOST: usize = 1024;

/// How long a connection may stay open.
const PATIENCE: Duration = Duration::from_secs(30);

/// Somebody who listens for the relying parties.
#[derive(Debug)]
pub struct Ears {
    addresses: Vec<String>,
    heard: Receiver<Request>,
    task: JoinHandle<()>,
}

impl Ears {
    /// Listens at `place` for what is sent to these back-channel addresses, which lead there. Needs the runtime.
    ///
    /// Fails when the place is taken or cannot be listened at.
    pub fn open(place: SocketAddr, addresses: Vec<String>) -> io::Result<Self> {
        let listener = std::net::TcpListener::bind(place)?;
        listener.set_nonblocking(true)?;
        let listener = TcpListener::from_std(listener)?;
        let (sender, heard) = channel(MOST);
        let task = tokio::spawn(accept(listener, sender, addresses.clone()));
        Ok(Ears {
            addresses,
            heard,
            task,
        })
    }

    /// The addresses that are listened at.
    pub fn addresses(&self) -> &[String] {
        &self.addresses
    }

    /// What has come since this was last asked; when nothing has, waits so long for something.
    pub async fn heard(&mut self, patience: Duration) -> Vec<Request> {
        let mut all: Vec<Request> = std::iter::from_fn(|| self.heard.try_recv().ok()).collect();
        if all.is_empty() && !patience.is_zero() {
            let late = timeout(patience, self.heard.recv()).await;
            all.extend(late.ok().flatten());
        }
        all
    }
}

impl Drop for Ears {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, sender: Sender<Request>, addresses: Vec<String>) {
    loop {
        // What was not accepted is the caller's to try again.
        let Ok((stream, _)) = listener.accept().await else {
            tokio::task::yield_now().await;
            continue;
        };
        tokio::spawn(serve(stream, sender.clone(), addresses.clone()));
    }
}

async fn serve(stream: TcpStream, sender: Sender<Request>, addresses: Vec<String>) {
    let service = service_fn(|request| answer(request, &sender, &addresses));
    let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    // A connection that breaks off has told nothing.
    drop(timeout(PATIENCE, connection).await);
}

/// Section 2.8: 200 when it was heard, 400 when it is nothing to be heard.
async fn answer(
    request: hyper::Request<Incoming>,
    sender: &Sender<Request>,
    addresses: &[String],
) -> Result<hyper::Response<Empty<Bytes>>, Infallible> {
    let status = match read(request, addresses).await {
        Some(call) => match sender.try_reserve() {
            Ok(place) => {
                place.send(call);
                200
            }
            Err(_) => 503,
        },
        None => 400,
    };
    let mut response = hyper::Response::new(Empty::new());
    *response.status_mut() = hyper::StatusCode::from_u16(status).unwrap_or_default();
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// The call under the address that it was meant for: the registered one with this path, whatever name led here.
async fn read(request: hyper::Request<Incoming>, addresses: &[String]) -> Option<Request> {
    let (head, body) = request.into_parts();
    let target = head.uri.path_and_query()?.as_str().to_owned();
    let host = head.headers.get(HOST).and_then(|host| host.to_str().ok());
    let known = addresses
        .iter()
        .find(|address| signoff_oidc::uri::target_of(address) == target);
    let address = match (known, host) {
        (Some(address), _) => address.clone(),
        (None, host) => format!("http://{}{target}", host?),
    };
    let mut call = Request::get(&address)?;
    call.method = head.method.as_str().to_owned();
    for (name, value) in &head.headers {
        call.headers
            .push((name.as_str().to_owned(), value.as_bytes().to_vec()));
    }
    let body = Limited::new(body, LONGEST).collect().await.ok()?;
    call.body = body.to_bytes().to_vec();
    Some(call)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    async fn told(url: &str, body: String) -> u16 {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let request = client.post(url).body(body);
        let request = request.header("Content-Type", "application/x-www-form-urlencoded");
        request.send().await.unwrap().status().as_u16()
    }

    /// A port that nobody listens at.
    fn free() -> SocketAddr {
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        listener.local_addr().unwrap()
    }

    #[tokio::test]
    async fn what_is_told_is_heard_under_the_registered_address() {
        let place = free();
        let own = "https://rp.example/back?of=a".to_owned();
        let mut ears = Ears::open(place, vec![own.clone()]).unwrap();
        let status = told(
            &format!("http://{place}/back?of=a"),
            "logout_token=x".into(),
        )
        .await;
        assert_eq!(status, 200);
        let heard = ears.heard(Duration::from_secs(5)).await;
        assert_eq!(heard.len(), 1);
        assert_eq!(heard[0].url(), own);
        assert_eq!(heard[0].method, "POST");
        assert_eq!(heard[0].form().text("logout_token"), Some("x".to_owned()));
        assert!(ears.heard(Duration::ZERO).await.is_empty());
    }

    #[tokio::test]
    async fn what_nobody_registered_is_heard_as_it_came() {
        let place = free();
        let mut ears = Ears::open(place, Vec::new()).unwrap();
        assert_eq!(
            told(&format!("http://{place}/elsewhere"), String::new()).await,
            200
        );
        let heard = ears.heard(Duration::from_secs(5)).await;
        assert_eq!(heard[0].url(), format!("http://{place}/elsewhere"));
    }

    #[tokio::test]
    async fn more_than_a_logout_token_can_be_is_refused() {
        let place = free();
        let mut ears = Ears::open(place, Vec::new()).unwrap();
        let long = "x".repeat(LONGEST + 1);
        assert_eq!(told(&format!("http://{place}/"), long).await, 400);
        assert!(ears.heard(Duration::ZERO).await.is_empty());
    }

    #[tokio::test]
    async fn a_place_that_is_taken_is_told() {
        let taken = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let place = taken.local_addr().unwrap();
        let error = Ears::open(place, Vec::new()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
    }
}

//! The servers that this program is when it is started for it: the mock, and the least that any server could do.

use std::convert::Infallible;
use std::io::Read as _;
use std::sync::Arc;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    KeyPair as _, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{Response, StatusCode};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use mock_idp::MockIdp;
use mock_idp::core::{DialectId, TokenEndpointAuth, User, test_keys};
use mock_idp::standard::{self, PINGONE_ENVIRONMENT};
use serde_json::json;
use tokio::net::TcpListener;

/// How many people there are: as many as the most browsers at the same time.
pub(crate) const USERS: usize = 1_000;

pub(crate) const CLIENT: &str = "a1000000-0000-4000-8000-00000000000a";
pub(crate) const SECRET: &str = "secret-a";
pub(crate) const CALLBACK: &str = "https%3A%2F%2Fa.example%2Fcallback";
pub(crate) const OUT: &str = "https%3A%2F%2Fa.example%2Fsigned-off";

pub(crate) fn password_of(user: &str) -> String {
    format!("password-of-{user}")
}

/// The mock, until the input ends.
pub(crate) fn mock() {
    let standard = standard::tenant(DialectId::PingOne, "");
    assert_eq!(standard.clients[0].id, CLIENT, "{PINGONE_ENVIRONMENT}");
    let idp = MockIdp::builder()
        .adjust(|tenant| {
            tenant.clients[0].token_endpoint_auth = TokenEndpointAuth::Post;
            let user = |number| {
                let name = format!("user-{number}");
                let password = password_of(&name);
                User::new(format!("id-of-{name}"), name, password)
            };
            tenant.users.extend((0..USERS).map(user));
        })
        .start_blocking()
        .unwrap();
    crate::say(&json!({ "url": idp.url(), "issuer": idp.issuer() }).to_string());
    until_the_input_ends();
}

fn until_the_input_ends() {
    let _ = std::io::stdin().read_to_end(&mut Vec::new());
}

/// One key and a message signed with it, of the length of an ID token.
pub(crate) struct Verification {
    key: ParsedPublicKey,
    message: Vec<u8>,
    signature: Vec<u8>,
}

impl Verification {
    pub(crate) fn new() -> Self {
        let pem = test_keys::FIRST_PKCS8_PEM.lines();
        let text: String = pem.filter(|line| !line.starts_with("-----")).collect();
        let pair = RsaKeyPair::from_pkcs8(&STANDARD.decode(text).unwrap()).unwrap();
        let message = vec![b'x'; 560];
        let mut signature = vec![0; pair.public_modulus_len()];
        pair.sign(
            &RSA_PKCS1_SHA256,
            &SystemRandom::new(),
            &message,
            &mut signature,
        )
        .unwrap();
        let public = pair.public_key().as_ref();
        Self {
            key: ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, public).unwrap(),
            message,
            signature,
        }
    }

    pub(crate) fn done(&self) {
        self.key.verify_sig(&self.message, &self.signature).unwrap();
    }
}

/// The limit: hyper as the mock has it, a route that answers with a fixed redirect, and one RSA verification.
pub(crate) fn limit() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    crate::say(&json!({ "url": format!("http://{}", listener.local_addr().unwrap()) }).to_string());
    let verification = Arc::new(Verification::new());
    std::thread::spawn(move || runtime.block_on(accepting(listener, verification)));
    until_the_input_ends();
}

async fn accepting(listener: std::net::TcpListener, verification: Arc<Verification>) {
    let listener = TcpListener::from_std(listener).unwrap();
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        stream.set_nodelay(true).unwrap();
        let verification = Arc::clone(&verification);
        tokio::spawn(async move {
            let service = service_fn(move |_: http::Request<Incoming>| {
                verification.done();
                std::future::ready(Ok::<_, Infallible>(redirect()))
            });
            let _ = http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

fn redirect() -> Response<Full<Bytes>> {
    let to = "https://a.example/signed-off?state=af0ifjsldkj";
    Response::builder()
        .status(StatusCode::FOUND)
        .header("location", to)
        .header("cache-control", "no-store")
        .body(Full::default())
        .unwrap()
}

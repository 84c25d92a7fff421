//! TLS against authorities made for the test.

use crate::wire::testing::{ScriptedServer, Step, hasty, ok, patient};
use crate::wire::{ExactWire, OrdinaryWire, Phase, WireError, WireOptions};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use signoff_oidc::{Request, Response};
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;

/// An authority of our own: its certificate in PEM, and a server's end that it vouches for.
fn authority(name: &str) -> (Vec<u8>, TlsAcceptor) {
    let ca_key = KeyPair::generate().expect("a key");
    let mut ca = CertificateParams::new(Vec::new()).expect("parameters");
    ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let pem = ca.self_signed(&ca_key).expect("a certificate").pem();
    let key = KeyPair::generate().expect("a key");
    let certificate = CertificateParams::new(vec![name.to_owned()])
        .expect("parameters")
        .signed_by(&key, &Issuer::new(ca, ca_key))
        .expect("a certificate");
    let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .expect("a configuration");
    (pem.into_bytes(), TlsAcceptor::from(Arc::new(config)))
}

/// Both wires' outcome for `https://op.test/`, which stands for the server.
async fn outcomes(
    server: &ScriptedServer,
    options: WireOptions,
) -> [Result<Response, WireError>; 2] {
    let options = WireOptions {
        resolve: vec![("op.test".to_owned(), ([127, 0, 0, 1], server.port()).into())],
        ..options
    };
    let request = Request::get("https://op.test/x?id_token_hint=secret").expect("a request");
    let mut exact = ExactWire::new(options.clone()).expect("a wire");
    let mut ordinary = OrdinaryWire::new(options).expect("a wire");
    [exact.send(&request).await, ordinary.send(&request).await]
}

fn trusting(pem: Vec<u8>) -> WireOptions {
    WireOptions {
        extra_ca_pem: Some(pem),
        ..patient()
    }
}

#[tokio::test]
async fn an_authority_that_was_added_is_trusted_by_both_wires() {
    let (pem, acceptor) = authority("op.test");
    let scripts = vec![vec![Step::Say(ok("safe"))], vec![Step::Say(ok("safe"))]];
    let server = ScriptedServer::start_tls(scripts, acceptor).await;
    for outcome in outcomes(&server, trusting(pem)).await {
        assert_eq!(outcome.expect("an answer").text(), "safe");
    }
    assert!(
        server.requests()[0]
            .starts_with(b"GET /x?id_token_hint=secret HTTP/1.1\r\nHost: op.test\r\n")
    );
}

#[tokio::test]
async fn a_connection_is_kept_over_tls_too() {
    let (pem, acceptor) = authority("127.0.0.1");
    let server =
        ScriptedServer::start_tls(vec![vec![Step::Say(ok("1")), Step::Say(ok("2"))]], acceptor)
            .await;
    let mut wire = ExactWire::new(trusting(pem)).expect("a wire");
    let request = Request::get(&server.url("/").replace("http:", "https:")).expect("a request");
    for expected in ["1", "2"] {
        assert_eq!(
            wire.send(&request).await.expect("an answer").text(),
            expected
        );
    }
    assert_eq!(server.connections(), [0, 0]);
}

#[tokio::test]
async fn a_stranger_and_a_wrong_name_are_not_trusted() {
    let (stranger, _) = authority("op.test");
    let (_, acceptor) = authority("op.test");
    let (right, misnamed) = authority("other.test");
    for (pem, acceptor) in [(stranger, acceptor), (right, misnamed)] {
        let server = ScriptedServer::start_tls(vec![Vec::new(), Vec::new()], acceptor).await;
        for outcome in outcomes(&server, trusting(pem)).await {
            let error = outcome.expect_err("no answer");
            assert!(
                matches!(error, WireError::Tls { .. }) && error.is_unreachable(),
                "{error:?}"
            );
            assert!(!error.to_string().contains("secret"), "{error}");
        }
    }
}

#[tokio::test]
async fn a_server_without_tls_is_told_as_such() {
    let (pem, _) = authority("op.test");
    let plain = || {
        vec![Step::SayUnasked(
            b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec(),
        )]
    };
    let server = ScriptedServer::start(vec![plain(), plain()]).await;
    for outcome in outcomes(&server, trusting(pem)).await {
        assert!(matches!(outcome, Err(WireError::Tls { .. })), "{outcome:?}");
    }
}

#[tokio::test]
async fn a_handshake_that_does_not_go_on_ends_with_the_time_or_the_connection() {
    let (pem, _) = authority("op.test");
    let silent = vec![Step::SayUnasked(Vec::new())];
    let server = ScriptedServer::start(vec![silent, Vec::new()]).await;
    let options = WireOptions {
        extra_ca_pem: Some(pem),
        ..hasty()
    };
    let mut wire = ExactWire::new(options).expect("a wire");
    let request = Request::get(&server.url("/").replace("http:", "https:")).expect("a request");
    let after = hasty().timeout;
    let phase = Phase::Handshake;
    assert_eq!(
        wire.send(&request).await,
        Err(WireError::Timeout { after, phase })
    );
    assert_eq!(wire.send(&request).await, Err(WireError::Closed { phase }));
}

#[tokio::test]
async fn content_up_to_the_close_needs_the_closure_alert() {
    let (pem, acceptor) = authority("op.test");
    let page = b"HTTP/1.1 200 OK\r\n\r\npage".to_vec();
    // A script that ends drops the connection without the alert.
    let scripts = vec![
        vec![Step::SayAndClose(page.clone())],
        vec![Step::SayAndClose(page.clone())],
        vec![Step::Say(page.clone())],
        vec![Step::Say(page)],
    ];
    let server = ScriptedServer::start_tls(scripts, acceptor).await;
    for outcome in outcomes(&server, trusting(pem.clone())).await {
        assert_eq!(outcome.expect("an answer").text(), "page");
    }
    for outcome in outcomes(&server, trusting(pem)).await {
        assert_eq!(outcome, Err(WireError::Closed { phase: Phase::Body }));
    }
}

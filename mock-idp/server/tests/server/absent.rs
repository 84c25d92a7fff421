//! Providers that lack something: an endpoint, or everything.

use std::io::ErrorKind;

use mock_idp::MockIdp;
use mock_idp::core::DialectId;
use tokio::net::{TcpListener, TcpStream};

use crate::wire::{get, send};

#[tokio::test]
async fn connections_to_a_refusing_issuer_are_refused_and_nobody_else_gets_its_port() {
    let idp = MockIdp::refusing().unwrap();
    assert!(
        idp.issuer()
            .starts_with(&format!("http://{}/", idp.address()))
    );
    assert!(idp.discovery_url().starts_with(idp.issuer()));
    assert_eq!(idp.tenant().clients[0].id, idp.client_a().id);
    assert_eq!(idp.tenant().users[0].id, idp.alice().id);
    for _ in 0..3 {
        let error = TcpStream::connect(idp.address()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
    }
    let taken = TcpListener::bind(idp.address()).await.unwrap_err();
    assert_eq!(taken.kind(), ErrorKind::AddrInUse);
}

#[test]
fn a_refusing_issuer_needs_no_runtime() {
    assert!(MockIdp::refusing().is_ok());
}

#[tokio::test]
async fn without_a_logout_endpoint_neither_member_nor_path_is_there() {
    for (dialect, path) in [
        (DialectId::PingOne, "signoff"),
        (DialectId::Oidc, "end-session"),
    ] {
        for without in [false, true] {
            let builder = MockIdp::builder().dialect(dialect).tenant("second");
            let builder = if without {
                builder.without_end_session()
            } else {
                builder
            };
            let idp = builder.start().await.unwrap();
            for tenant in idp.server().tenants() {
                let base = tenant.issuer.strip_prefix(idp.url()).unwrap();
                let address = idp.server().address();
                let document = get(&format!("{base}/.well-known/openid-configuration"));
                let document = send(address, &document).await.content();
                assert_eq!(
                    document.contains("end_session_endpoint"),
                    !without,
                    "{document}"
                );
                let endpoint = send(address, &get(&format!("{base}/{path}"))).await;
                assert_eq!(endpoint.status() == Some(404), without);
            }
        }
    }
}

//! TLS: which certificate is presented, whom one has to trust, and what is answered without it.

use std::time::Duration;

use mock_idp::core::{Config, Tenant};
use mock_idp::{ConfigFile, MockIdp, Patience, Server, ServerOptions, StartError, Tls, Watched};
use reqwest::{Certificate, Client, Version};
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpStream;
use tokio::sync::mpsc::unbounded_channel;
use tokio::time::timeout;

use crate::wire::{get, send, send_and_linger};

/// A client that trusts this server and nobody else, and takes some names for its address.
fn client(server: &Server, names: &[&str]) -> Client {
    let pem = server.ca_pem().expect("a server with TLS");
    let authority = Certificate::from_pem(pem.as_bytes()).expect("a certificate");
    let builder = Client::builder().tls_certs_only([authority]);
    names
        .iter()
        .fold(builder, |builder, name| {
            builder.resolve(name, server.address())
        })
        .build()
        .expect("a client")
}

async fn with_tls() -> MockIdp {
    MockIdp::builder()
        .tls_with(Tls::new().name("idp.test"))
        .adjust(|tenant| tenant.custom_domain = Some("login.example.com".to_owned()))
        .start()
        .await
        .expect("the server starts")
}

#[tokio::test]
async fn the_issuer_is_reached_over_tls_by_those_who_trust_the_authority() {
    let idp = with_tls().await;
    assert!(idp.issuer().starts_with("https://127.0.0.1:"));
    let answer = client(idp.server(), &[])
        .get(idp.discovery_url())
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.version(), Version::HTTP_11);
    assert!(answer.text().await.unwrap().contains(idp.issuer()));
}

#[tokio::test]
async fn those_who_trust_another_authority_turn_away() {
    let (idp, other) = (with_tls().await, with_tls().await);
    let answer = client(other.server(), &[])
        .get(idp.discovery_url())
        .send()
        .await;
    assert!(answer.unwrap_err().is_connect());
}

#[tokio::test]
async fn the_certificate_is_for_the_names_that_are_configured_and_no_other() {
    let idp = with_tls().await;
    let names = ["idp.test", "localhost", "login.example.com", "other.test"];
    let client = client(idp.server(), &names);
    let health = |name: &str| {
        let url = format!(
            "https://{name}:{}/__mock/health",
            idp.server().address().port()
        );
        client.get(url).send()
    };
    for name in &names[..3] {
        assert_eq!(health(name).await.unwrap().status(), 200, "{name}");
    }
    assert!(health("other.test").await.unwrap_err().is_connect());
}

#[tokio::test]
async fn a_tenant_of_a_region_brings_the_hosts_of_its_pages_and_api() {
    let server = Server::start(
        ServerOptions {
            tls: Some(Tls::new()),
            ..ServerOptions::default()
        },
        |_| Config::new(1, vec![Tenant::pingone("e", "https://auth.pingone.eu")]),
    )
    .unwrap();
    let names = ["auth.pingone.eu", "apps.pingone.eu", "api.pingone.eu"];
    let client = client(&server, &names);
    for name in names {
        let url = format!("https://{name}/__mock/health");
        assert_eq!(
            client.get(url).send().await.unwrap().status(),
            200,
            "{name}"
        );
    }
}

#[tokio::test]
async fn without_tls_the_port_answers_the_control_surface_and_refuses_the_rest_in_words() {
    let idp = with_tls().await;
    let address = idp.server().address();
    let authority = send(address, &get("/__mock/ca.pem")).await;
    assert_eq!(authority.status(), Some(200));
    assert_eq!(Some(authority.content()), idp.ca_pem());
    let path = format!("/{}/as/.well-known/openid-configuration", idp.tenant().id);
    let refused = send(address, &get(&path)).await;
    assert_eq!(refused.status(), Some(400));
    assert!(refused.content().contains("TLS"), "{}", refused.content());
    assert_eq!(idp.journal(), [], "the provider never saw it");
}

#[tokio::test]
async fn a_server_without_tls_has_no_authority() {
    let idp = MockIdp::start().await.unwrap();
    assert_eq!(idp.ca_pem(), None);
    let answer = send(idp.server().address(), &get("/__mock/ca.pem")).await;
    assert_eq!(answer.status(), Some(404));
}

#[tokio::test]
async fn a_handshake_that_never_ends_is_closed() {
    let soon = Duration::from_millis(50);
    let patience = Patience {
        head: soon,
        ..Patience::default()
    };
    let idp = MockIdp::builder()
        .tls()
        .patience(patience)
        .start()
        .await
        .unwrap();
    for beginning in [
        &b""[..],
        b"\x16",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ] {
        let answer = send_and_linger(idp.server().address(), beginning).await;
        assert_eq!(answer.status(), None, "{}", answer.text());
    }
    for garbage in [
        &b"\x16garbage garbage"[..],
        b"\x00\x01\x02",
        b"\x16\x03\x01\x00\x01\xff",
    ] {
        let answer = send(idp.server().address(), garbage).await;
        assert!(!answer.text().contains("200 OK"), "{}", answer.text());
    }
    let health = send(idp.server().address(), &get("/__mock/health")).await;
    assert_eq!(health.status(), Some(200));
}

#[tokio::test]
async fn finishing_does_not_wait_for_a_handshake() {
    let patience = Patience {
        finish: Duration::from_hours(1),
        ..Patience::default()
    };
    let idp = MockIdp::builder()
        .tls()
        .patience(patience)
        .start()
        .await
        .unwrap();
    let mut silent = TcpStream::connect(idp.server().address()).await.unwrap();
    // An answer on a later connection shows that the first was let in.
    send(idp.server().address(), &get("/__mock/health")).await;
    timeout(Duration::from_secs(20), idp.finish())
        .await
        .expect("it finishes at once");
    assert_eq!(silent.read(&mut [0]).await.unwrap(), 0);
}

#[tokio::test]
async fn a_name_that_no_certificate_can_have_is_refused_at_the_start() {
    let error = MockIdp::builder()
        .tls_with(Tls::new().name("h\u{e4}user.example"))
        .start()
        .await
        .unwrap_err();
    assert!(matches!(error, StartError::Tls(_)), "{error}");
}

#[tokio::test]
async fn a_followed_file_brings_the_names_of_its_new_tenants() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("mock.toml");
    let server = "[server]\naddress = '127.0.0.1:0'\ntls = true\nnames = ['idp.test']\n";
    let plain = "[[tenants]]\nid = 'plain'\ndialect = 'oidc'\n";
    std::fs::write(&path, format!("{server}{plain}")).unwrap();
    let (tell, mut outcomes) = unbounded_channel();
    let watched = Watched::new(ConfigFile::read(&path).unwrap())
        .every(Duration::from_millis(2))
        .told(move |outcome| {
            let _ = tell.send(outcome.map(drop).map_err(ToString::to_string));
        });
    let server_now = Server::start_file(watched).unwrap();
    assert_eq!(
        server_now.tenants()[0].issuer,
        format!("{}/plain", server_now.url())
    );
    let names = ["idp.test", "new.example"];
    let url = |name: &str| format!("https://{name}/__mock/health");
    let before = client(&server_now, &names);
    assert!(before.get(url("idp.test")).send().await.is_ok());
    assert!(before.get(url("new.example")).send().await.is_err());

    let more = "[[tenants]]\nid = ''\ndialect = 'oidc'\nissuer = 'https://new.example'\n";
    let next = directory.path().join("next");
    std::fs::write(&next, format!("{server}{plain}{more}")).unwrap();
    std::fs::rename(next, &path).unwrap();
    let outcome = timeout(Duration::from_secs(20), outcomes.recv())
        .await
        .unwrap();
    assert_eq!(outcome, Some(Ok(())));
    let after = client(&server_now, &names);
    assert!(after.get(url("new.example")).send().await.is_ok());
}

//! Servers share nothing, follow the address they got, and are gone when they are dropped.

use std::io::ErrorKind;
use std::time::Duration;

use mock_idp::core::{Client, Config, ConfigError, DialectId, Event, Tenant, User};
use mock_idp::{MockIdp, Patience, Server, ServerOptions, StartError, origin, serve, standard};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::time::timeout;

use crate::wire::{get, send};

#[tokio::test]
async fn two_servers_share_neither_clock_nor_journal() {
    let (one, other) = (
        MockIdp::start().await.unwrap(),
        MockIdp::start().await.unwrap(),
    );
    let before = other.advance(0).unwrap().now;
    one.advance(1_000_000).unwrap();
    let unknown = format!("/{}/as/nothing", one.tenant().id);
    send(one.server().address(), &get(&unknown)).await;
    assert!(
        other
            .advance(0)
            .unwrap()
            .now
            .duration_since(before)
            .as_secs()
            < 1_000
    );
    assert!(
        matches!(one.journal().as_slice(), [entry] if matches!(entry.event, Event::Request { .. }))
    );
    assert_eq!(other.journal(), []);
}

#[tokio::test]
async fn the_issuer_follows_the_bound_address() {
    let pingone = MockIdp::start().await.unwrap();
    let expected = format!(
        "http://{}/{}/as",
        pingone.server().address(),
        standard::PINGONE_ENVIRONMENT
    );
    assert_eq!(pingone.issuer(), expected);

    let oidc = MockIdp::builder()
        .dialect(DialectId::Oidc)
        .start()
        .await
        .unwrap();
    assert_eq!(
        oidc.issuer(),
        format!(
            "http://{}/{}",
            oidc.server().address(),
            standard::OIDC_TENANT
        )
    );
}

#[tokio::test]
async fn a_pinned_origin_stays_in_the_issuer() {
    let idp = MockIdp::builder()
        .origin("https://auth.pingone.eu")
        .start()
        .await
        .unwrap();
    assert_eq!(
        idp.issuer(),
        format!(
            "https://auth.pingone.eu/{}/as",
            standard::PINGONE_ENVIRONMENT
        )
    );
    assert!(idp.url().starts_with("http://127.0.0.1:"));
}

#[tokio::test]
async fn dropping_a_server_frees_its_port_at_once() {
    let idp = MockIdp::start().await.unwrap();
    let address = idp.server().address();
    let _open = TcpStream::connect(address).await.unwrap();
    drop(idp);
    let refused = TcpStream::connect(address).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
}

#[tokio::test]
async fn finishing_does_not_wait_for_idle_connections() {
    let patience = Patience {
        finish: Duration::from_hours(1),
        ..Patience::default()
    };
    let idp = MockIdp::builder().patience(patience).start().await.unwrap();
    let address = idp.server().address();
    let _never_used = TcpStream::connect(address).await.unwrap();
    let mut used = TcpStream::connect(address).await.unwrap();
    used.write_all(b"GET /__mock/health HTTP/1.1\r\nHost: a\r\n\r\n")
        .await
        .unwrap();
    used.read_u8().await.unwrap();
    timeout(Duration::from_secs(20), idp.finish())
        .await
        .expect("it finishes at once");
    assert!(TcpStream::connect(address).await.is_err());
}

#[test]
fn a_test_without_a_runtime_can_start_a_server() {
    let idp = MockIdp::start_blocking().unwrap();
    assert_eq!(idp.url(), format!("http://{}", idp.server().address()));
}

#[tokio::test]
async fn many_servers_run_side_by_side_and_drop_together() {
    let servers: Vec<MockIdp> = (0..70)
        .map(|_| MockIdp::start_blocking().unwrap())
        .collect();
    for idp in &servers {
        assert_eq!(
            send(idp.server().address(), &get("/__mock/health"))
                .await
                .status(),
            Some(200)
        );
    }
    drop(servers);
}

#[tokio::test]
async fn a_taken_port_is_reported_with_the_address() {
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = taken.local_addr().unwrap();
    let error = MockIdp::builder()
        .port(address.port())
        .start()
        .await
        .unwrap_err();
    assert!(matches!(error, StartError::Bind { .. }));
    assert!(error.to_string().contains(&address.to_string()), "{error}");
}

#[tokio::test]
async fn a_first_tenant_without_its_two_clients_is_refused() {
    let error = MockIdp::builder()
        .adjust(|tenant| tenant.clients.truncate(1))
        .start()
        .await
        .unwrap_err();
    assert!(matches!(error, StartError::TooFew));
}

#[tokio::test]
async fn an_unknown_fault_is_a_configuration_error_that_names_it() {
    let error = MockIdp::builder()
        .fault("no-such-fault")
        .start()
        .await
        .unwrap_err();
    assert!(matches!(error, StartError::Config(ConfigError { .. })));
    assert!(error.to_string().contains("no-such-fault"), "{error}");
}

#[tokio::test]
async fn tenants_clients_and_users_can_be_added() {
    let second = "c0ffee00-0000-4000-8000-000000000002";
    let third = "c0ffee00-0000-4000-8000-000000000003";
    let idp = MockIdp::builder()
        .client(Client::public("my-app").with_redirect_uri("http://localhost:3000/callback"))
        .user(User::new("carol-sub", "carol", "password-of-carol"))
        .tenant(second)
        .tenant_made(move |origin| Tenant::pingone(third, origin))
        .start()
        .await
        .unwrap();
    let tenants = idp.server().tenants();
    let ids: Vec<&str> = tenants.iter().map(|tenant| tenant.id.as_str()).collect();
    assert_eq!(ids, [standard::PINGONE_ENVIRONMENT, second, third]);
    assert_eq!(
        tenants[1].clients.last().map(|client| client.id.as_str()),
        Some("my-app")
    );
    assert_eq!(tenants[1].users.len(), 3);
    assert_eq!(tenants[2].clients.len(), 0);
    for tenant in tenants {
        let path = tenant.issuer.strip_prefix(idp.url()).unwrap();
        let discovery = send(
            idp.server().address(),
            &get(&format!("{path}/.well-known/openid-configuration")),
        )
        .await;
        assert_eq!(discovery.status(), Some(200), "{}", discovery.text());
        assert!(discovery.content().contains(&tenant.issuer));
    }
}

#[tokio::test]
async fn a_server_takes_a_configuration_made_for_its_origin() {
    let server = Server::start(ServerOptions::default(), |origin| {
        Config::new(3, vec![standard::tenant(DialectId::Oidc, origin)])
    })
    .unwrap();
    assert!(server.tenants()[0].issuer.starts_with(server.url()));
    server.finish().await;
}

#[tokio::test]
async fn the_stand_alone_server_runs_until_it_is_told_to_stop() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let config = Config::new(
        3,
        vec![standard::tenant(DialectId::PingOne, &origin(address))],
    );
    let (stop, stopped) = oneshot::channel::<()>();
    let until = async {
        let _ = stopped.await;
    };
    let client = async {
        let health = send(address, &get("/__mock/health")).await;
        stop.send(()).unwrap();
        health
    };
    let (served, health) = tokio::join!(
        serve(listener, config, ServerOptions::default(), until),
        client
    );
    assert!(served.is_ok(), "{served:?}");
    assert_eq!(health.status(), Some(200));
    assert!(TcpStream::connect(address).await.is_err());
}

async fn kid(idp: &MockIdp) -> String {
    let answer = reqwest::get(format!("{}/jwks", idp.issuer())).await;
    let text = answer.expect("an answer").text().await.expect("content");
    let keys: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    keys["keys"][0]["kid"].as_str().expect("a kid").to_owned()
}

#[tokio::test]
async fn a_mock_that_took_over_a_port_is_told_by_its_key() {
    let first = MockIdp::start().await.unwrap();
    let address = first.server().address();
    let before = kid(&first).await;
    assert_eq!(kid(&first).await, before);
    drop(first);
    let second = MockIdp::builder().address(address).start().await.unwrap();
    assert_ne!(kid(&second).await, before);
}

#[tokio::test]
async fn with_a_seed_of_its_own_every_mock_has_the_same_key() {
    let start = || MockIdp::builder().seed(9).start();
    let (one, other) = (start().await.unwrap(), start().await.unwrap());
    assert_eq!(kid(&one).await, kid(&other).await);
}

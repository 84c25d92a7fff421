//! The provider beside other mocks at one origin. Here and not among the crate's other tests, so that they run without
//! the feature.

use mock_idp_core::DialectId;
use reqwest::redirect::Policy;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use wiremock::matchers::{any, method, path};

use super::*;
use crate::MockIdp;
use crate::tls::Tls;

async fn mounted(builder: MockIdpBuilder) -> (MockServer, MountedIdp) {
    let server = MockServer::start().await;
    let idp = builder.mount(&server).await.expect("it mounts");
    (server, idp)
}

fn client() -> reqwest::Client {
    reqwest::Client::builder()
        .tls_certs_only([])
        .redirect(Policy::none())
        .build()
        .expect("a client")
}

/// Sends a `GET` of exactly this target.
async fn get(server: &MockServer, target: &str) -> String {
    let mut stream = TcpStream::connect(server.address())
        .await
        .expect("it listens");
    let request = format!("GET {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    stream
        .write_all(request.as_bytes())
        .await
        .expect("it reads");
    let mut answer = String::new();
    stream
        .read_to_string(&mut answer)
        .await
        .expect("it answers");
    answer
}

/// The cookies that an answer sets, as a browser sends them.
fn cookies(answer: &reqwest::Response) -> Vec<String> {
    let set = answer.headers().get_all("set-cookie").iter();
    let pairs = set.filter_map(|cookie| Some(cookie.to_str().ok()?.split(';').next()?.to_owned()));
    pairs.collect()
}

#[tokio::test]
async fn alice_signs_on_and_off_and_every_cookie_arrives() {
    let (_server, idp) = mounted(MockIdp::builder()).await;
    let (http, rp, alice) = (client(), idp.client_a(), idp.alice());
    let authorize = format!(
        "{}/authorize?client_id={}&response_type=code&scope=openid&redirect_uri={}",
        idp.issuer(),
        rp.id,
        rp.redirect_uris[0],
    );
    let flow = format!("{authorize}&response_mode=pi.flow");
    let flow = http.get(flow).send().await.unwrap();
    let jar = cookies(&flow);
    assert_eq!(jar.len(), 2, "two fields of one name");
    let jar = jar.join("; ");
    let flow: Value = serde_json::from_str(&flow.text().await.unwrap()).unwrap();
    let id = flow["id"].as_str().expect("a flow");
    let base = idp.issuer().trim_end_matches("/as");
    let credentials = format!(
        r#"{{"username": "{}", "password": "{}"}}"#,
        alice.username, alice.password
    );
    let check = "application/vnd.pingidentity.usernamePassword.check+json";
    let checked = http
        .post(format!("{base}/flows/{id}"))
        .header("content-type", check)
        .header("cookie", &jar)
        .body(credentials);
    let checked = checked.send().await.unwrap();
    assert_eq!(checked.status(), 200);
    let jar = cookies(&checked).join("; ");

    let silent = format!("{authorize}&prompt=none");
    let code = http.get(&silent).header("cookie", &jar).send();
    let code = code.await.unwrap();
    let location = code.headers()["location"].to_str().unwrap();
    assert!(location.contains("code="), "{location}");
    let ended = idp.expect(Expectation::session_ended().user(&alice.id).once());
    let signoff = format!("{}/signoff", idp.issuer());
    http.get(signoff)
        .header("cookie", &jar)
        .send()
        .await
        .unwrap();
    ended.verify();
}

#[tokio::test]
async fn mocks_of_the_test_go_first_and_the_rest_is_not_the_providers() {
    let (server, idp) = mounted(MockIdp::builder()).await;
    let token = format!("/{}/as/token", idp.tenant().id);
    let failing = Mock::given(method("POST")).and(path(token.as_str()));
    failing
        .respond_with(ResponseTemplate::new(503))
        .mount(&server)
        .await;
    let orders = Mock::given(path("/api/orders"));
    orders
        .respond_with(ResponseTemplate::new(200))
        .mount(&server)
        .await;
    let http = client();
    let status = |url: String| async { http.get(url).send().await.unwrap().status().as_u16() };
    assert_eq!(status(format!("{}/api/orders", server.uri())).await, 200);
    assert_eq!(status(format!("{}/api/unknown", server.uri())).await, 404);
    assert_eq!(idp.journal(), [], "the provider saw neither");
    let answer = http
        .post(format!("{}/token", idp.issuer()))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 503);
    assert_eq!(status(idp.discovery_url()).await, 200);
    assert_eq!(status(format!("{}/__mock/health", server.uri())).await, 200);
}

#[tokio::test]
async fn a_catch_all_of_the_test_goes_first_too() {
    let (server, idp) = mounted(MockIdp::builder()).await;
    let all = Mock::given(any()).respond_with(ResponseTemplate::new(418));
    all.mount(&server).await;
    assert_eq!(
        client()
            .get(idp.discovery_url())
            .send()
            .await
            .unwrap()
            .status(),
        418
    );
}

#[tokio::test]
async fn both_kinds_of_metadata_and_a_tenant_at_the_root_are_found() {
    let (_server, idp) = mounted(MockIdp::builder().dialect(DialectId::Oidc)).await;
    let metadata = idp
        .issuer()
        .replace("/main", "/.well-known/oauth-authorization-server/main");
    for url in [idp.discovery_url(), metadata] {
        assert_eq!(
            client().get(&url).send().await.unwrap().status(),
            200,
            "{url}"
        );
    }
    let root = MockIdp::builder().tenant_made(|origin| Tenant::oidc("", origin));
    let (server, _) = mounted(root).await;
    let discovery = format!("{}/.well-known/openid-configuration", server.uri());
    assert_eq!(client().get(&discovery).send().await.unwrap().status(), 200);
}

/// If this fails, wiremock has become better, and the documentation above is to be corrected.
#[tokio::test]
async fn wiremock_changes_targets_that_a_server_of_ours_does_not() {
    let (server, idp) = mounted(MockIdp::builder()).await;
    let target = format!("/{}/as/../as/jwks", idp.tenant().id);
    assert!(get(&server, &target).await.starts_with("HTTP/1.1 200"));
    let own = MockIdp::start().await.unwrap();
    let answer = reqwest::get(own.url()).await.unwrap();
    assert_eq!(answer.status(), 404);
    let request = Request::get(format!("/{}/as/../as/jwks", own.tenant().id));
    assert_eq!(idp.answer(&request).status, 404);
}

#[tokio::test]
async fn commands_are_obeyed_and_tls_is_refused() {
    let (_server, idp) = mounted(MockIdp::builder()).await;
    let switch = Control::SwitchFault {
        id: "redirect-any".to_owned(),
        on: true,
    };
    assert_eq!(idp.control(switch).unwrap().faults, ["redirect-any"]);
    let server = MockServer::start().await;
    let error = MockIdp::builder().tls_with(Tls::new()).mount(&server).await;
    assert!(matches!(error, Err(StartError::Tls(_))));
}

#[test]
fn a_segment_is_matched_whole() {
    for (path, below) in [
        ("/main", true),
        ("/main/x", true),
        ("/mainly", false),
        ("/x/main", false),
        ("/", false),
        ("/.well-known/oauth-authorization-server/main", true),
    ] {
        assert_eq!(is_below(path, "main"), below, "{path}");
    }
    assert!(is_below("/anything", ""));
}

//! Tenants that are reached under the product's host names, or under their own, at one port.

use mock_idp::core::Tenant;
use mock_idp::{ConfigFile, HostStyle, MockIdp, standard};
use reqwest::header::LOCATION;
use reqwest::redirect::Policy;
use reqwest::{Certificate, Client, Response};
use serde_json::Value;

const SECOND: &str = "c0ffee00-0000-4000-8000-000000000002";
const NAMES: [&str; 4] = [
    "auth.pingone.com",
    "apps.pingone.com",
    "login.example.com",
    "login.example.org",
];

/// A client that takes all names for the address of the mock.
fn client(idp: &MockIdp) -> Client {
    let authority = idp
        .ca_pem()
        .map(|pem| Certificate::from_pem(pem.as_bytes()).expect("a certificate"));
    let builder = Client::builder()
        .tls_certs_only(authority)
        .redirect(Policy::none());
    NAMES
        .iter()
        .fold(builder, |builder, name| {
            builder.resolve(name, idp.server().address())
        })
        .build()
        .expect("a client")
}

async fn discovered(client: &Client, issuer: &str) -> Value {
    let url = format!("{issuer}/.well-known/openid-configuration");
    let answer = client.get(url).send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    serde_json::from_str(&answer.text().await.expect("text")).expect("JSON")
}

fn location(answer: &Response) -> &str {
    answer.headers()[LOCATION].to_str().expect("visible ASCII")
}

async fn authorized(client: &Client, idp: &MockIdp) -> Response {
    let rp = idp.client_a();
    let url = format!(
        "{}/authorize?client_id={}&response_type=code&scope=openid&redirect_uri={}",
        idp.issuer(),
        rp.id,
        rp.redirect_uris[0],
    );
    client.get(url).send().await.expect("an answer")
}

#[tokio::test]
async fn the_products_hosts_lead_to_the_tenant_and_its_pages() {
    let idp = MockIdp::builder()
        .tls()
        .hosts(HostStyle::PingOne)
        .start()
        .await
        .unwrap();
    let environment = standard::PINGONE_ENVIRONMENT;
    assert_eq!(
        idp.issuer(),
        format!("https://auth.pingone.com/{environment}/as")
    );
    assert!(idp.url().starts_with("https://127.0.0.1:"));
    let client = client(&idp);
    assert_eq!(
        discovered(&client, idp.issuer()).await["issuer"],
        idp.issuer()
    );

    let answer = authorized(&client, &idp).await;
    let pages = format!("https://apps.pingone.com/{environment}/signon/");
    assert!(
        location(&answer).starts_with(&pages),
        "{}",
        location(&answer)
    );
    let page = client.get(location(&answer)).send().await.unwrap();
    assert_eq!(page.status(), 200);
    let form = format!("action=\"https://auth.pingone.com/{environment}/signon/\"");
    assert!(page.text().await.unwrap().contains(&form));
}

#[tokio::test]
async fn without_tls_the_hosts_are_the_same() {
    let idp = MockIdp::builder()
        .hosts(HostStyle::PingOne)
        .start()
        .await
        .unwrap();
    assert!(idp.issuer().starts_with("http://auth.pingone.com/"));
    let client = client(&idp);
    assert_eq!(
        discovered(&client, idp.issuer()).await["issuer"],
        idp.issuer()
    );
    let answer = authorized(&client, &idp).await;
    assert!(location(&answer).starts_with("http://apps.pingone.com/"));
}

#[tokio::test]
async fn a_region_is_in_the_issuer_and_a_pinned_origin_goes_first() {
    let regional = MockIdp::builder().hosts(HostStyle::PingOneIn("com.au".to_owned()));
    let regional = regional.start().await.unwrap();
    assert!(regional.issuer().starts_with("http://auth.pingone.com.au/"));
    let pinned = MockIdp::builder()
        .hosts(HostStyle::PingOne)
        .origin("https://idp.example");
    let pinned = pinned.start().await.unwrap();
    assert!(pinned.issuer().starts_with("https://idp.example/"));
}

#[tokio::test]
async fn each_custom_domain_leads_to_its_own_tenant() {
    let idp = MockIdp::builder()
        .tls()
        .hosts(HostStyle::PingOne)
        .adjust(|tenant| tenant.custom_domain = Some("login.example.com".to_owned()))
        .tenant_made(|origin| Tenant {
            custom_domain: Some("login.example.org".to_owned()),
            ..Tenant::pingone(SECOND, origin)
        })
        .start()
        .await
        .unwrap();
    let client = client(&idp);
    for (domain, id) in [
        ("login.example.com", standard::PINGONE_ENVIRONMENT),
        ("login.example.org", SECOND),
    ] {
        let issuer = format!("https://{domain}/as");
        assert_eq!(discovered(&client, &issuer).await["issuer"], issuer);
        let entries = idp.journal();
        let tenant = entries.last().and_then(|entry| entry.tenant.as_deref());
        assert_eq!(tenant, Some(id));
    }
}

#[tokio::test]
async fn a_custom_domain_at_a_port_of_its_own_is_written_with_the_port() {
    let idp = MockIdp::builder()
        .tls()
        .tenant_made(|origin| {
            let port = origin.rsplit(':').next().expect("a port");
            Tenant {
                custom_domain: Some(format!("login.example.org:{port}")),
                ..Tenant::pingone(SECOND, origin)
            }
        })
        .start()
        .await
        .unwrap();
    let port = idp.server().address().port();
    let issuer = format!("https://login.example.org:{port}/as");
    assert_eq!(discovered(&client(&idp), &issuer).await["issuer"], issuer);
}

#[test]
fn a_file_can_ask_for_the_products_hosts() {
    let tenant = "[[tenants]]\nid = 'e'\ndialect = 'pingone'\n";
    for (server, issuer) in [
        (
            "hosts = 'pingone'\ntls = true",
            "https://auth.pingone.com/e/as",
        ),
        (
            "hosts = { pingone_in = 'eu' }",
            "http://auth.pingone.eu/e/as",
        ),
        ("", "http://127.0.0.1:8080/e/as"),
    ] {
        let text = format!("[server]\n{server}\n{tenant}");
        let file = ConfigFile::parse("mock.toml", text).unwrap();
        let options = file.options();
        let config = file.config(&options.origin(options.address));
        assert_eq!(config.tenants[0].issuer, issuer);
    }
}

//! A provider and another service at one origin:
//! `cargo run -p mock-idp --features wiremock --example beside_wiremock`.

use std::io::Write as _;

use mock_idp::{Expectation, MockIdp};
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, ResponseTemplate};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = MockServer::start().await;
    let idp = MockIdp::builder().mount(&server).await?;
    Mock::given(path("/api/orders"))
        .respond_with(ResponseTemplate::new(200).set_body_string("[]"))
        .mount(&server)
        .await;

    let signed_off = idp.expect(Expectation::request("GET", "/as/signoff").once());
    let orders = reqwest::get(format!("{}/api/orders", server.uri())).await?;
    let document = reqwest::get(idp.discovery_url()).await?;
    reqwest::get(format!("{}/signoff", idp.issuer())).await?;
    signed_off.verify();
    writeln!(
        std::io::stdout(),
        "{} {}, {} {}",
        orders.url().path(),
        orders.status(),
        document.url().path(),
        document.status()
    )?;
    Ok(())
}

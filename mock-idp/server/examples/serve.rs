//! A mock provider in the foreground: `cargo run -p mock-idp --example serve -- pingone 8080`.

#![expect(clippy::disallowed_methods, reason = "a program reads its arguments")]

use std::io::Write as _;

use mock_idp::core::{Config, DialectId};
use mock_idp::{ServerOptions, origin, serve, standard};
use tokio::net::TcpListener;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let dialect = match arguments.next().as_deref() {
        None | Some("pingone") => DialectId::PingOne,
        Some("oidc") => DialectId::Oidc,
        Some(other) => {
            return Err(format!("no dialect {other:?}; there are pingone and oidc").into());
        }
    };
    let port: u16 = arguments.next().as_deref().unwrap_or("8080").parse()?;

    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    let tenant = standard::tenant(dialect, &origin(listener.local_addr()?));
    writeln!(std::io::stdout(), "issuer {}", tenant.issuer)?;
    let interrupted = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    serve(
        listener,
        Config::new(1, vec![tenant]),
        ServerOptions::default(),
        interrupted,
    )
    .await?;
    Ok(())
}

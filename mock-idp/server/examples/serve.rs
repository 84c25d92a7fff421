//! A mock provider in the foreground: `cargo run -p mock-idp --example serve -- pingone 8080`, or with a file that is
//! followed: `cargo run -p mock-idp --example serve -- mock-idp/server/examples/pingone.toml`.

#![expect(clippy::disallowed_methods, reason = "a program reads its arguments")]

use std::io::Write as _;

use mock_idp::core::{Config, DialectId};
use mock_idp::{ConfigFile, ServerOptions, Watched, origin, serve, serve_file, standard};
use tokio::net::TcpListener;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let first = arguments.next();
    let dialect = match first.as_deref() {
        None | Some("pingone") => DialectId::PingOne,
        Some("oidc") => DialectId::Oidc,
        Some("identityserver") => DialectId::IdentityServer,
        Some(path) => return from_file(ConfigFile::read(path)?).await,
    };
    let port: u16 = arguments.next().as_deref().unwrap_or("8080").parse()?;

    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    let tenant = standard::tenant(dialect, &origin(listener.local_addr()?));
    writeln!(std::io::stdout(), "issuer {}", tenant.issuer)?;
    serve(
        listener,
        Config::new(1, vec![tenant]),
        ServerOptions::default(),
        interrupted(),
    )
    .await?;
    Ok(())
}

async fn from_file(file: ConfigFile) -> Result<(), Box<dyn std::error::Error>> {
    let listener = TcpListener::bind(file.options().address).await?;
    let config = file.config(&file.options().origin(listener.local_addr()?));
    for tenant in &config.tenants {
        writeln!(std::io::stdout(), "issuer {}", tenant.issuer)?;
    }
    let watched = Watched::new(file).told(|outcome| {
        let _ = match outcome {
            Ok(file) => writeln!(std::io::stdout(), "read again: {}", file.path().display()),
            Err(error) => writeln!(std::io::stderr(), "nothing was changed: {error}"),
        };
    });
    serve_file(listener, watched, interrupted()).await?;
    Ok(())
}

async fn interrupted() {
    let _ = tokio::signal::ctrl_c().await;
}

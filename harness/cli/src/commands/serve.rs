//! `signoff serve`: the mock identity provider on its own.

use crate::args::ServeArgs;
use crate::console::Console;
use crate::stop::Stop;
use mock_idp::core::{Config, DialectId, Edition, faults};
use mock_idp::{ConfigFile, MockIdp, Server, ServerOptions, Watched};
use serde_json::json;
use signoff_runner::engine::Exit;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::Path;

const DIALECTS: [DialectId; 4] = [
    DialectId::PingOne,
    DialectId::Oidc,
    DialectId::IdentityServer,
    DialectId::WorkOs,
];

/// The word for all of them.
const ALL: &str = "all";

pub(crate) async fn serve(args: ServeArgs, console: Console) -> Result<Exit, Stop> {
    if args.schema {
        let schema = serde_json::to_string_pretty(&ConfigFile::json_schema())
            .map_err(|error| Stop::usage(format!("the schema cannot be written: {error}")))?;
        writeln!(console.out(), "{schema}")?;
        return Ok(Exit::Ok);
    }
    if args.print_config {
        console
            .out()
            .write_all(ConfigFile::EVERY_DIALECT.as_bytes())?;
        return Ok(Exit::Ok);
    }
    if let Some(path) = &args.config {
        return from_file(path, &args, console).await;
    }
    for fault in &args.fault {
        if mock_idp::core::fault(fault).is_none() {
            let known = faults().iter().map(|fault| fault.id);
            return Err(Stop::unknown("fault", fault, known));
        }
    }
    if args.dialect == ALL {
        return every_dialect(&args, console).await;
    }
    let dialect = dialect(&args.dialect)?;
    let mut builder = MockIdp::builder()
        .dialect(dialect)
        .address(SocketAddr::new(args.address, args.port));
    if let Some(seed) = args.seed {
        builder = builder.seed(seed);
    }
    if let Some(name) = &args.edition {
        builder = builder.edition(edition(dialect, name)?);
    }
    for fault in &args.fault {
        builder = builder.fault(fault.as_str());
    }
    let idp = builder.start().await.map_err(Stop::usage)?;
    // Listened for before anybody can know of the server, so that no signal comes too early.
    let ended = ended()
        .map_err(|error| Stop::usage(format!("the signal to end cannot be heard: {error}")))?;
    let mut out = console.out();
    if args.json {
        line(&mut out, idp.server())?;
    } else {
        introduce(&mut out, &idp, &args)?;
    }
    out.flush()?;
    ended.await;
    idp.finish().await;
    Ok(Exit::Ok)
}

/// Serves what a file describes. What becomes of a change is told beside the output.
async fn from_file(path: &Path, args: &ServeArgs, console: Console) -> Result<Exit, Stop> {
    let file = ConfigFile::read(path).map_err(Stop::usage)?;
    if args.validate {
        writeln!(console.out(), "{} is good", path.display())?;
        return Ok(Exit::Ok);
    }
    let watched = Watched::new(file).told(move |outcome| match outcome {
        Ok(file) => console.note(&format!("{} was read again", file.path().display())),
        Err(error) => console.complain(&format!("nothing was changed: {error}")),
    });
    let server = Server::start_file(watched).map_err(Stop::usage)?;
    let ended = ended()
        .map_err(|error| Stop::usage(format!("the signal to end cannot be heard: {error}")))?;
    let mut out = console.out();
    if args.json {
        line(&mut out, &server)?;
    } else {
        for tenant in server.tenants() {
            writeln!(out, "issuer   {} ({})", tenant.issuer, tenant.dialect)?;
        }
        writeln!(out, "control  {}", server.control_url())?;
        writeln!(
            out,
            "{} is followed; Ctrl-C ends the server",
            path.display()
        )?;
    }
    out.flush()?;
    ended.await;
    server.finish().await;
    Ok(Exit::Ok)
}

/// Serves every dialect from the built-in file. Address, port, seed and faults are those of the command line.
async fn every_dialect(args: &ServeArgs, console: Console) -> Result<Exit, Stop> {
    let file = ConfigFile::parse("(built in)", ConfigFile::EVERY_DIALECT).map_err(Stop::usage)?;
    let options = ServerOptions {
        address: SocketAddr::new(args.address, args.port),
        ..file.options()
    };
    let server = Server::start(options, |origin| {
        let config = Config {
            seed: args.seed.unwrap_or(1),
            ..file.config(origin)
        };
        args.fault
            .iter()
            .fold(config, |config, fault| config.with_fault(fault.as_str()))
    })
    .map_err(Stop::usage)?;
    let ended = ended()
        .map_err(|error| Stop::usage(format!("the signal to end cannot be heard: {error}")))?;
    let mut out = console.out();
    if args.json {
        line(&mut out, &server)?;
    } else {
        writeln!(out, "mock identity providers")?;
        for tenant in server.tenants() {
            writeln!(out, "  {:<10} {}", tenant.dialect.name(), tenant.issuer)?;
        }
        writeln!(out, "  control    {}", server.control_url())?;
        writeln!(
            out,
            "\n  `signoff serve --print-config` shows clients and users; Ctrl-C ends the server"
        )?;
    }
    out.flush()?;
    ended.await;
    server.finish().await;
    Ok(Exit::Ok)
}

/// Done when the user, or whoever started the process, wants it to end.
#[cfg(unix)]
fn ended() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Done when the user wants it to end.
#[cfg(windows)]
fn ended() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}

fn dialect(name: &str) -> Result<DialectId, Stop> {
    let known = DIALECTS.into_iter().find(|dialect| dialect.name() == name);
    known.ok_or_else(|| {
        let names = DIALECTS.map(DialectId::name).into_iter().chain([ALL]);
        Stop::unknown("dialect", name, names)
    })
}

fn edition(dialect: DialectId, name: &str) -> Result<Edition, Stop> {
    let known = Edition::of(dialect);
    let found = Edition::named(name).filter(|edition| known.contains(edition));
    found.ok_or_else(|| {
        let names: Vec<&str> = known.iter().map(|edition| edition.name()).collect();
        Stop::usage(format!(
            "{dialect} has no edition `{name}`; there are: {}",
            names.join(", ")
        ))
    })
}

/// One line for scripts. Of several issuers it has the first; `GET /__mock/health` has them all.
fn line(out: &mut impl Write, server: &Server) -> io::Result<()> {
    let line = json!({
        "url": server.url(),
        "issuer": server.tenants().first().map(|tenant| &tenant.issuer),
        "control": server.control_url(),
        "pid": std::process::id(),
    });
    writeln!(out, "{line}")
}

/// Everything that is needed to sign on and off by hand. All of it is made for tests and public.
fn introduce(out: &mut impl Write, idp: &MockIdp, args: &ServeArgs) -> io::Result<()> {
    const BOLD: anstyle::Style = anstyle::Style::new().bold();
    writeln!(
        out,
        "{BOLD}mock identity provider, {}{BOLD:#}",
        args.dialect
    )?;
    writeln!(out, "  issuer     {}", idp.issuer())?;
    writeln!(out, "  discovery  {}", idp.discovery_url())?;
    writeln!(out, "  control    {}", idp.control_url())?;
    if !args.fault.is_empty() {
        writeln!(out, "  faults     {}", args.fault.join(", "))?;
    }
    for client in &idp.tenant().clients {
        writeln!(out, "  client     {} ({})", client.id, client.name)?;
        if let Some(secret) = &client.secret {
            writeln!(out, "    secret       {secret}")?;
        }
        for uri in &client.redirect_uris {
            writeln!(out, "    redirect     {uri}")?;
        }
        for uri in &client.post_logout_redirect_uris {
            writeln!(out, "    post-logout  {uri}")?;
        }
    }
    for user in &idp.tenant().users {
        writeln!(out, "  user       {} / {}", user.username, user.password)?;
    }
    writeln!(out)?;
    writeln!(out, "  curl {}", idp.discovery_url())?;
    writeln!(
        out,
        "  the README signs on and off with curl alone; Ctrl-C ends the server"
    )
}

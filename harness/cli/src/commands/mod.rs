//! One file a sub-command.

mod aim;
mod baseline;
mod consent;
mod diff;
mod dry_run;
mod explain;
mod generated;
mod init;
mod list;
mod merge;
mod probe;
mod replay;
mod run;
mod schema;
mod selftest;
mod serve;
mod snap;
mod start;

use crate::args::{BaselineAction, Cli, Color, Command};
use crate::console::Console;
use crate::stop::Stop;
use anstream::ColorChoice;
use signoff_runner::engine::Exit;

/// Does what the command line says.
pub(crate) fn run(cli: Cli) -> Exit {
    let console = Console::new(match cli.color {
        Color::Auto => ColorChoice::Auto,
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    });
    match dispatch(cli.command, console) {
        Ok(exit) => exit,
        Err(stop) => {
            console.complain(&stop.what);
            stop.exit
        }
    }
}

fn dispatch(command: Command, console: Console) -> Result<Exit, Stop> {
    match command {
        Command::Run(args) => waited(run::run(*args, console)),
        Command::List(args) => list::list(&args, console),
        Command::Explain(args) => explain::explain(&args, console),
        Command::Serve(args) => waited(serve::serve(args, console)),
        Command::Probe(args) => waited(probe::probe(args, console)),
        Command::Snap(args) => snap::snap(&args, console),
        Command::Init(args) => init::init(&args, console),
        Command::Baseline(args) => match args.action {
            BaselineAction::Check(args) => baseline::check(&args, console),
            BaselineAction::Update(args) => baseline::update(&args, console),
            BaselineAction::Prune(args) => baseline::prune(&args, console),
        },
        Command::Replay(args) => waited(replay::replay(args, console)),
        Command::Diff(args) => waited(diff::diff(*args, console)),
        Command::Merge(args) => merge::merge(&args, console),
        Command::Schema => schema::schema(console),
        Command::Selftest(args) => selftest::selftest(&args, console),
    }
}

/// One request at a time needs one thread.
fn waited(work: impl Future<Output = Result<Exit, Stop>>) -> Result<Exit, Stop> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Stop {
            exit: Exit::ToolDefect,
            what: format!("no runtime: {error}"),
        })?;
    runtime.block_on(work)
}

//! The command line of the sign-off conformance harness: thin, over `signoff-runner`.
//!
//! Reports go to the standard output, progress and diagnostics to the standard error, and the exit code
//! says how it ended (`signoff_runner::engine::Exit`). Start reading at [`commands`].

#![expect(
    clippy::disallowed_methods,
    reason = "this crate is the edge: it hands environment, files and the date to the library"
)]

mod args;
mod commands;
mod console;
mod defect;
mod environment;
mod stop;
mod table;

use clap::Parser;
use clap::error::ErrorKind;
use signoff_runner::engine::Exit;
use std::process::ExitCode;

fn main() -> ExitCode {
    let exit = defect::caught(|| {
        let arguments = match args::Cli::try_parse() {
            Ok(arguments) => arguments,
            Err(error) => return refused(&error),
        };
        commands::run(arguments)
    });
    ExitCode::from(exit.code())
}

/// Help and version are asked for; everything else that does not parse is a mistake in usage.
fn refused(error: &clap::Error) -> Exit {
    let printed = error.print();
    let asked = matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    );
    if asked && printed.is_ok() {
        Exit::Ok
    } else {
        Exit::Usage
    }
}

//! `signoff init`: a starter target file.

use crate::args::InitArgs;
use crate::console::Console;
use crate::stop::Stop;
use signoff_runner::engine::Exit;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};

/// What is written.
const STARTER: &str = include_str!("starter.toml");

pub(crate) fn init(args: &InitArgs, console: Console) -> Result<Exit, Stop> {
    let path = args.config.display();
    let file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&args.config);
    let mut file = file.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Stop::usage(format!(
            "{path} exists already and is left as it is; --config names another file"
        )),
        _ => Stop::usage(format!("{path} cannot be written: {error}")),
    })?;
    file.write_all(STARTER.as_bytes())?;
    writeln!(
        console.out(),
        "{path} is written; fill in issuer, client and user, then: signoff probe --target my-idp"
    )?;
    Ok(Exit::Ok)
}

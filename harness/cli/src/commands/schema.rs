//! `signoff schema`: the JSON Schema of the target file.

use crate::console::Console;
use crate::stop::Stop;
use signoff_runner::engine::Exit;
use signoff_runner::target_file;
use std::io::Write;

pub(crate) fn schema(console: Console) -> Result<Exit, Stop> {
    writeln!(console.out(), "{}", target_file::json_schema())?;
    Ok(Exit::Ok)
}

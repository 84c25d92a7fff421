//! A panic is a defect of this tool, and has an exit code of its own.

use signoff_runner::engine::Exit;
use std::io::Write;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};

/// Does the work; a panic in it ends with the exit code for a defect and a short text.
pub(crate) fn caught(work: impl FnOnce() -> Exit) -> Exit {
    let usual = panic::take_hook();
    let in_full = std::env::var_os("RUST_BACKTRACE").is_some();
    panic::set_hook(Box::new(move |info| {
        if in_full {
            usual(info);
        }
        tell(info);
    }));
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or(Exit::ToolDefect)
}

/// The place alone: the text of a panic can quote what a target sent.
fn tell(info: &PanicHookInfo<'_>) {
    let place = info
        .location()
        .map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
    let _ = writeln!(
        anstream::stderr(),
        "error: this is a defect of signoff {}, at {place}; please report it with the command line (RUST_BACKTRACE=1 shows more)",
        env!("CARGO_PKG_VERSION")
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_defect_of_the_tool() {
        assert_eq!(caught(|| panic!("in a test")), Exit::ToolDefect);
        assert_eq!(caught(|| Exit::Ok), Exit::Ok);
    }
}

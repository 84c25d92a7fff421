//! Why a command ended early.

use signoff_runner::RunError;
use signoff_runner::engine::Exit;
use signoff_runner::report::ReportFailed;
use std::fmt;
use std::io;

/// An exit code, and what to tell the user.
#[derive(Debug)]
pub(crate) struct Stop {
    /// The code.
    pub(crate) exit: Exit,
    /// What is wrong, where, and what to do; empty when there is nobody left to tell.
    pub(crate) what: String,
}

impl Stop {
    /// A mistake in usage or configuration.
    pub(crate) fn usage(what: impl fmt::Display) -> Self {
        Stop {
            exit: Exit::Usage,
            what: what.to_string(),
        }
    }

    /// A defect of this tool.
    pub(crate) fn defect(what: impl fmt::Display) -> Self {
        Stop {
            exit: Exit::ToolDefect,
            what: what.to_string(),
        }
    }

    /// Something of the contract that is not there yet.
    pub(crate) fn not_built(what: impl fmt::Display) -> Self {
        Stop::usage(format!("{what} is not built yet"))
    }

    /// "no X is called `Y`; did you mean `Z`?"
    pub(crate) fn unknown<'k>(
        kind: &str,
        name: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) -> Self {
        let near = signoff_runner::nearest::several(name, known, 3);
        let hint = if near.is_empty() {
            format!("; `signoff list --{kind}s` names them all")
        } else {
            format!("; did you mean {}?", near.join(", "))
        };
        Stop::usage(format!("no {kind} is called `{name}`{hint}"))
    }
}

impl From<RunError> for Stop {
    fn from(error: RunError) -> Self {
        Stop {
            exit: error.exit,
            what: error.what,
        }
    }
}

impl From<ReportFailed> for Stop {
    fn from(failed: ReportFailed) -> Self {
        match failed.error.kind() {
            io::ErrorKind::BrokenPipe => Stop::usage(""),
            _ => Stop::usage(failed),
        }
    }
}

/// Output that cannot be written is never a success. Whoever closed the pipe wants no message about it.
impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Stop::usage(""),
            _ => Stop::usage(format!("the output cannot be written: {error}")),
        }
    }
}

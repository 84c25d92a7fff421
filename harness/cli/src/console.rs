//! The two streams, with colour or without.

use anstream::{AutoStream, ColorChoice};
use std::io::{self, IsTerminal, Stderr, Stdout, Write};

/// How the streams are written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Console {
    choice: ColorChoice,
}

impl Console {
    pub(crate) fn new(choice: ColorChoice) -> Self {
        Console { choice }
    }

    /// For results.
    pub(crate) fn out(self) -> AutoStream<Stdout> {
        AutoStream::new(io::stdout(), self.choice)
    }

    /// For progress and diagnostics.
    pub(crate) fn err(self) -> AutoStream<Stderr> {
        AutoStream::new(io::stderr(), self.choice)
    }

    /// True when somebody sees the diagnostics and can answer a question.
    pub(crate) fn can_ask() -> bool {
        io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    /// True when the diagnostics go to a terminal.
    pub(crate) fn shows_progress() -> bool {
        io::stderr().is_terminal()
    }

    /// Asks a question, and gives the answer in lower case; an end of input is no answer.
    pub(crate) fn ask(self, question: &str) -> io::Result<String> {
        let mut err = self.err();
        write!(err, "{question} ")?;
        err.flush()?;
        let mut answer = String::new();
        io::stdin().read_line(&mut answer)?;
        Ok(answer.trim().to_lowercase())
    }

    /// Tells what went wrong. A message that cannot be written has no other place to go.
    pub(crate) fn complain(self, what: &str) {
        const RED: anstyle::Style = anstyle::AnsiColor::Red.on_default().bold();
        if !what.is_empty() {
            let _ = writeln!(self.err(), "{RED}error{RED:#}: {what}");
        }
    }

    /// Tells something that is good to know.
    pub(crate) fn note(self, what: &str) {
        const BOLD: anstyle::Style = anstyle::Style::new().bold();
        let _ = writeln!(self.err(), "{BOLD}note{BOLD:#}: {what}");
    }
}

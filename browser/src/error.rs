//! Why there is no browser.

use std::fmt;
use std::io;

use thirtyfour::error::WebDriverError;

/// Why no browser could be started.
#[derive(Debug)]
pub enum StartError {
    /// A program is not installed.
    Missing {
        /// Its name.
        program: &'static str,
    },
    /// A program could not be run, or ended, or did not say where it listens.
    Failed {
        /// Its name.
        program: &'static str,
        /// What happened.
        problem: String,
    },
    /// The browser refused the session.
    Session(WebDriverError),
}

impl StartError {
    pub(crate) fn failed(program: &'static str, problem: impl Into<String>) -> Self {
        Self::Failed {
            program,
            problem: problem.into(),
        }
    }

    pub(crate) fn run(program: &'static str, error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::NotFound {
            Self::Missing { program }
        } else {
            Self::failed(program, error.to_string())
        }
    }

    /// Whether the machine has no browser, as opposed to one that does not work.
    pub fn is_absence(&self) -> bool {
        matches!(self, Self::Missing { .. })
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { program } => write!(
                f,
                "{program} is not installed (Debian: apt-get install chromium chromium-driver)"
            ),
            Self::Failed { program, problem } => write!(f, "{program} did not start: {problem}"),
            Self::Session(error) => write!(f, "the browser did not start: {error}"),
        }
    }
}

impl std::error::Error for StartError {}

//! What is wrong with a file, and where.

use std::fmt;
use std::path::Path;

use mock_idp_core::ConfigError;

use super::advice::{Said, said};
use super::place::{Place, position};

/// What is wrong with a configuration file: where, what, and what to do.
///
/// It names keys and never the values of secrets, passwords and signing keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileError {
    /// The file.
    pub file: String,
    /// Line and column, from 1; none when the error is about no place in the file.
    pub position: Option<(usize, usize)>,
    /// The key, as a path (`tenants[0].clients[1].redirect_uris[0]`); empty when there is none.
    pub key: String,
    /// What is wrong with it.
    pub problem: String,
    /// What to do about it; may be empty.
    pub advice: String,
}

impl FileError {
    pub(super) fn of_file(path: &Path, problem: String) -> Self {
        Self {
            file: path.display().to_string(),
            position: None,
            key: String::new(),
            problem,
            advice: String::new(),
        }
    }

    /// What the TOML reader found.
    pub(super) fn of_text(path: &Path, text: &str, error: &toml::de::Error) -> Self {
        let place = Place::of_span(text, error.span());
        let Said { problem, advice } = said(error.message(), &place.key);
        Self {
            position: place.offset.map(|offset| position(text, offset)),
            key: place.key,
            problem,
            advice,
            ..Self::of_file(path, String::new())
        }
    }

    /// What the provider found.
    pub(super) fn of_member(path: &Path, text: &str, error: &ConfigError) -> Self {
        let place = Place::of_key(text, &error.at);
        Self {
            position: place.offset.map(|offset| position(text, offset)),
            key: place.key,
            problem: error.problem.clone(),
            advice: error.advice.clone(),
            ..Self::of_file(path, String::new())
        }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some((line, column)) = self.position {
            write!(f, ":{line}:{column}")?;
        }
        if !self.key.is_empty() {
            write!(f, ": {}", self.key)?;
        }
        write!(f, ": {}", self.problem)?;
        if !self.advice.is_empty() {
            write!(f, "; {}", self.advice)?;
        }
        Ok(())
    }
}

impl std::error::Error for FileError {}

//! What is wrong with a target file, where, and what to do.

use crate::nearest::nearest;
use std::fmt;
use std::path::{Path, PathBuf};

/// An error in a target file. Names no value, since a value may be a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetFileError {
    /// The file.
    pub file: PathBuf,
    /// The line, where it is known.
    pub line: Option<usize>,
    /// The key, as a path: `target.staging.client`.
    pub key: String,
    /// What is wrong.
    pub problem: String,
    /// What to do about it.
    pub advice: String,
}

impl TargetFileError {
    pub(super) fn new(
        file: &Path,
        key: impl Into<String>,
        problem: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        TargetFileError {
            file: file.to_owned(),
            line: None,
            key: key.into(),
            problem: problem.into(),
            advice: advice.into(),
        }
    }

    pub(super) fn unknown_target<'k>(
        file: &Path,
        name: &str,
        known: impl Iterator<Item = &'k str>,
    ) -> Self {
        let known: Vec<&str> = known.collect();
        TargetFileError::new(
            file,
            "target",
            format!("no target is called `{name}`"),
            suggestion(name, &known, "target"),
        )
    }

    /// From the parser's error. The parser would quote the line, and the line may hold a password.
    pub(super) fn of_toml(file: &Path, text: &str, error: &toml::de::Error) -> Self {
        let start = error.span().map(|span| span.start.min(text.len()));
        let before = start.and_then(|start| text.get(..start));
        let table = before.and_then(table_at).unwrap_or_default();
        let (key, problem, advice) = explain(error.message());
        TargetFileError {
            file: file.to_owned(),
            line: before.map(|before| before.matches('\n').count() + 1),
            key: join(&table, &key),
            problem,
            advice,
        }
    }
}

/// `did you mean …?`, or the list.
pub(super) fn suggestion(name: &str, known: &[&str], what: &str) -> String {
    match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => format!("there is no {what} yet"),
        None => format!("there are: {}", known.join(", ")),
    }
}

fn join(table: &str, key: &str) -> String {
    match (table.is_empty(), key.is_empty()) {
        (true, _) => key.to_owned(),
        (_, true) => table.to_owned(),
        _ => format!("{table}.{key}"),
    }
}

/// The table header nearest above a place in the text.
fn table_at(before: &str) -> Option<String> {
    let header = before
        .lines()
        .rev()
        .map(str::trim_start)
        .find(|line| line.starts_with('['))?;
    let name = header.trim_start_matches('[');
    name.split_once(']').map(|(name, _)| name.trim().to_owned())
}

/// The key, what is wrong, and what to do, from the parser's message.
fn explain(message: &str) -> (String, String, String) {
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    if message.starts_with("unknown field") || message.starts_with("unknown variant") {
        let (key, known) = quoted
            .split_first()
            .map_or(("", &[][..]), |(key, known)| (*key, known));
        let what = if message.starts_with("unknown field") {
            format!("unknown key `{key}`")
        } else {
            format!("`{key}` is not known here")
        };
        return (String::new(), what, suggestion(key, known, "key"));
    }
    if let Some(key) = message
        .strip_prefix("missing field")
        .and_then(|_| quoted.first())
    {
        return (
            String::new(),
            format!("the key `{key}` is missing"),
            format!("add `{key} = …`; `signoff init` writes an example"),
        );
    }
    if let Some((found, expected)) = message
        .strip_prefix("invalid type: ")
        .or_else(|| message.strip_prefix("invalid value: "))
        .and_then(|rest| rest.split_once(", expected "))
    {
        // What was found is named by its kind alone: the rest is the value.
        let kind = found.split(['`', '"']).next().unwrap_or("").trim();
        let problem = format!("{kind} where {expected} is expected");
        return (String::new(), problem, format!("write {expected}"));
    }
    (
        String::new(),
        message.lines().next().unwrap_or("").to_owned(),
        "correct the TOML at this line".to_owned(),
    )
}

impl fmt::Display for TargetFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if !self.key.is_empty() {
            write!(f, ": {}", self.key)?;
        }
        write!(f, ": {}; {}", self.problem, self.advice)
    }
}

impl std::error::Error for TargetFileError {}

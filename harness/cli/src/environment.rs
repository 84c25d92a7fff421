//! What the environment says.

use signoff_runner::target_file::Environment;
use std::env;
use std::path::PathBuf;

/// Every variable that is text.
pub(crate) fn variables() -> Environment {
    env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect()
}

/// One variable; an empty one counts as not set.
pub(crate) fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// True in continuous integration.
pub(crate) fn is_ci() -> bool {
    variable("CI").is_some_and(|value| !matches!(value.as_str(), "0" | "false"))
}

/// The current folder; where there is none, what is relative stays relative.
pub(crate) fn current_folder() -> PathBuf {
    env::current_dir().unwrap_or_default()
}

//! A provider described in a TOML file.

mod advice;
mod error;
mod place;
mod sections;

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use mock_idp_core::{Config, ConfigError, Op};
use serde_json::Value;

use crate::options::ServerOptions;
pub use error::FileError;
use sections::Document;

/// Far above any configuration that a person wrote.
const LONGEST: u64 = 4 * 1024 * 1024;

/// A provider described in a TOML file.
///
/// Every member has a default but what names things: a tenant's `id` and `dialect`, a client's `id`, a user's `id`,
/// `username` and `password`. A member that is not known is an error.
///
/// In `issuer`, `ui_base`, `custom_domain`, the clients' `redirect_uris` and the `issuer` behind a connection, `{origin}` stands for the server's origin, `{port}` for its port and
/// `{id}` for the tenant's id. A tenant without issuer gets `{origin}/{id}/as` (PingOne) or `{origin}/{id}`.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use mock_idp::{ConfigFile, Server};
///
/// let file = ConfigFile::parse(
///     "mock.toml",
///     r#"
///     [server]
///     address = "127.0.0.1:0"
///
///     [[tenants]]
///     id = "5f1c7d2e-4a0b-4c3d-9e8f-7a6b5c4d3e2f"
///     dialect = "pingone"
///
///     [[tenants.clients]]
///     id = "a1000000-0000-4000-8000-00000000000a"
///     secret = "a-secret"
///     redirect_uris = ["http://localhost:3000/callback"]
///
///     [[tenants.users]]
///     id = "a2000000-0000-4000-8000-0000000a11ce"
///     username = "alice"
///     password = "password-of-alice"
///     "#,
/// )?;
/// let server = Server::start(file.options(), |origin| file.config(origin))?;
/// assert!(server.tenants()[0].issuer.starts_with(server.url()));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct ConfigFile {
    path: PathBuf,
    text: String,
    document: Document,
}

impl ConfigFile {
    /// Every product that the mock can be, one tenant each: the text to begin one's own file with.
    pub const EVERY_DIALECT: &str = include_str!("../examples/all.toml");

    /// Reads a file and finds out whether it can work.
    pub fn read(path: impl Into<PathBuf>) -> Result<Self, FileError> {
        let path = path.into();
        let text = Self::content(&path)?;
        Self::parse(path, text)
    }

    /// The same for text that is already there; the path is only for messages, and for reading it again.
    pub fn parse(path: impl Into<PathBuf>, text: impl Into<String>) -> Result<Self, FileError> {
        let (path, text) = (path.into(), text.into());
        let document =
            toml::from_str(&text).map_err(|error| FileError::of_text(&path, &text, &error))?;
        let file = Self {
            path,
            text,
            document,
        };
        file.validate()?;
        Ok(file)
    }

    /// Whether a provider can be made of it.
    fn validate(&self) -> Result<(), FileError> {
        let tried = Op::new(self.config(&self.options().origin(self.document.server.address)));
        tried.map(drop).map_err(|error| self.located(&error))
    }

    /// The text of a file that is not too long.
    pub(crate) fn content(path: &Path) -> Result<String, FileError> {
        content(path).map_err(|problem| FileError::of_file(path, problem))
    }

    /// Where it was read.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The text as it was read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How the server is to be run.
    pub fn options(&self) -> ServerOptions {
        self.document.options()
    }

    /// The provider, on a server with this origin (`http://127.0.0.1:8080`).
    pub fn config(&self, origin: &str) -> Config {
        self.document.config(origin)
    }

    /// Refuses what a running server cannot take over.
    pub(crate) fn needs_restart(&self, next: &Self) -> Result<(), FileError> {
        if self.document.server == next.document.server {
            return Ok(());
        }
        Err(next.located(&ConfigError {
            at: "server".to_owned(),
            problem: "it was changed, and is only read at the start".to_owned(),
            advice: "start the server again".to_owned(),
        }))
    }

    /// An error of the provider, at its place in this file.
    pub(crate) fn located(&self, error: &ConfigError) -> FileError {
        FileError::of_member(&self.path, &self.text, error)
    }

    /// A JSON Schema (draft 2020-12) of the file, for editors.
    pub fn json_schema() -> Value {
        sections::schema()
    }
}

/// The text of a file that is not too long, or why it cannot be had.
fn content(path: &Path) -> Result<String, String> {
    let mut octets = Vec::new();
    File::open(path)
        .and_then(|file| file.take(LONGEST + 1).read_to_end(&mut octets))
        .map_err(|error| format!("it cannot be read: {error}"))?;
    if octets.len() as u64 > LONGEST {
        return Err(format!("it is longer than {LONGEST} octets"));
    }
    String::from_utf8(octets).map_err(|_| "it is not UTF-8".to_owned())
}

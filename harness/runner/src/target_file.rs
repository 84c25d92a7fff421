//! Target files: `signoff.toml`, and `harness/targets/NAME/target.toml`.
//!
//! A file is refused as a whole when something in it is unknown: a key that is silently ignored would be a
//! rule that is silently not judged. Secrets stand in the environment and are named as `${VAR}`.

mod build;
mod entry;
mod fault;
mod find;
mod variables;

pub use fault::TargetFileError;
pub use find::{FILE_NAME, Known, TargetFiles};

use crate::MockControl;
use crate::http_wire::Outside;
use crate::wire::{Pace, Pacer, WireError, WireOptions};
use signoff_engine::Target;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

/// The environment, as far as it is text.
pub type Environment = BTreeMap<String, String>;

/// A target, and how to get to it.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// What is judged.
    pub target: Target,
    /// How it is reached.
    pub access: Access,
    /// What the reader of the file should know, such as a deviation that has ended.
    pub notes: Vec<String>,
}

/// How a target is reached, and how carefully.
#[derive(Debug, Clone, PartialEq)]
pub struct Access {
    /// A certification authority to trust besides those of the system, PEM.
    pub extra_ca: Option<Vec<u8>>,
    /// Hosts whose address is given here instead of by the name service.
    pub resolve: Vec<(String, SocketAddr)>,
    /// The longest that one exchange may take.
    pub timeout: Duration,
    /// The most requests in a second; no limit when nothing is said.
    pub rate: Option<f64>,
    /// The control surface, when the target is our own mock.
    pub control: Option<MockControl>,
    /// What signs in, for `login = { kind = "command" }` and `"browser"`.
    pub outside: Option<Outside>,
    /// Where to listen for what relying parties are told by the back channel.
    pub listen: Option<SocketAddr>,
    /// True when no request leaves this machine. Other targets are somebody's production until they say
    /// otherwise: slow, and only with consent.
    pub loopback: bool,
}

/// How fast a target is asked that is not on this machine, unless its file or a flag says otherwise.
pub const CAREFUL_RATE: f64 = 5.0;

/// How long an exchange may take, unless the file or a flag says otherwise.
pub const TIMEOUT: Duration = Duration::from_secs(10);

/// How long a target may make us wait with `Retry-After`.
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

impl Access {
    /// True when somebody has to agree before the first request.
    pub fn needs_consent(&self) -> bool {
        !self.loopback
    }

    /// The same for the transports.
    pub fn wire_options(&self) -> Result<WireOptions, WireError> {
        Ok(WireOptions {
            timeout: self.timeout,
            connect_timeout: self.timeout.min(WireOptions::default().connect_timeout),
            extra_ca_pem: self.extra_ca.clone(),
            resolve: self.resolve.clone(),
            pacer: Pacer::new(Pace::new(self.rate, LONGEST_PAUSE)?),
            ..WireOptions::default()
        })
    }
}

/// Reads `5/s`, `30/min`, or a number a second.
pub fn parse_rate(text: &str) -> Result<f64, String> {
    let (number, unit) = text.split_once('/').unwrap_or((text, "s"));
    let seconds = match unit.trim() {
        "s" => 1.0,
        "min" => 60.0,
        other => {
            return Err(format!(
                "`{other}` is no unit of a rate; write 5/s or 30/min"
            ));
        }
    };
    match number.trim().parse::<f64>() {
        Ok(number) if number.is_finite() && number > 0.0 => Ok(number / seconds),
        _ => Err(format!("`{text}` is no rate; write 5/s or 30/min")),
    }
}

/// Today in UTC: the day on which deviations end.
pub fn today() -> jiff::civil::Date {
    jiff::Timestamp::now()
        .to_zoned(jiff::tz::TimeZone::UTC)
        .date()
}

/// The JSON Schema of a target file (draft 2020-12), for editors.
pub fn json_schema() -> String {
    let schema = schemars::schema_for!(entry::Document);
    // A schema is JSON already.
    serde_json::to_string_pretty(&schema).unwrap_or_default()
}

/// Everything that reading a target file depends on.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'e> {
    /// What `${VAR}` stands for.
    pub environment: &'e Environment,
    /// Today, for deviations that end.
    pub today: jiff::civil::Date,
}

impl Reader<'_> {
    /// Reads the target called `name` from a file's text.
    pub fn read(&self, file: &Path, text: &str, name: &str) -> Result<Loaded, TargetFileError> {
        let document = entry::Document::parse(file, text)?;
        let Some(entry) = document.target.get(name) else {
            let known = document.target.keys().map(String::as_str);
            return Err(TargetFileError::unknown_target(file, name, known));
        };
        let built = build::Builder {
            file,
            name,
            reader: *self,
        }
        .build(entry);
        // A secret may stand where none belongs, and is not to be told then either.
        built.map_err(|error| TargetFileError {
            problem: variables::unfill(&error.problem, text, self.environment),
            advice: variables::unfill(&error.advice, text, self.environment),
            ..error
        })
    }
}

#[cfg(test)]
mod tests;

//! The flags of `signoff diff`.

use super::run::LowestLevel;
use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four independent flags of the command line"
)]
pub(crate) struct DiffArgs {
    /// A target of the target file, `mock:DIALECT[/EDITION][+FAULT]…`, or the JSON report of an earlier run
    #[arg(value_name = "A")]
    pub(crate) a: String,
    /// The same for the other side
    #[arg(value_name = "B")]
    pub(crate) b: String,
    /// Rule ids, scenario ids, or prefixes of them (RPIL-3, redirect/)
    #[arg(value_name = "FILTER")]
    pub(crate) filters: Vec<String>,
    /// The target file [default: the nearest signoff.toml, and harness/targets]
    #[arg(long, value_name = "FILE", env = "SIGNOFF_CONFIG")]
    pub(crate) config: Option<PathBuf>,
    /// The seed of every random value
    #[arg(long, default_value_t = 1, env = "SIGNOFF_SEED")]
    pub(crate) seed: u64,
    /// The lowest level of the rules that judge
    #[arg(long, value_enum, default_value_t = LowestLevel::May, env = "SIGNOFF_LEVEL")]
    pub(crate) level: LowestLevel,
    /// Compare only what the rules say, and leave out how the targets answered
    #[arg(long)]
    pub(crate) verdicts_only: bool,
    /// Every case of a difference, where the text names the first few
    #[arg(long)]
    pub(crate) all_cases: bool,
    /// One JSON object
    #[arg(long)]
    pub(crate) json: bool,
    /// The most requests in a time, such as 5/s or 30/min
    #[arg(long, value_name = "RATE", env = "SIGNOFF_RATE", value_parser = signoff_runner::target_file::parse_rate)]
    pub(crate) rate: Option<f64>,
    /// The longest that one exchange may take, in seconds
    #[arg(long, value_name = "SECONDS", env = "SIGNOFF_TIMEOUT", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) timeout: Option<u64>,
    /// Go ahead without asking on targets that are not on this machine
    #[arg(long, env = "SIGNOFF_YES")]
    pub(crate) yes: bool,
}

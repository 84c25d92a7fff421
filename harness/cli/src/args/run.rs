//! The flags of `signoff run`.

use super::TargetArgs;
use clap::{Args, ValueEnum};
use signoff_runner::engine::{FailOn, Partition};
use signoff_runner::oidc::spec::Severity;
use signoff_runner::report::{ProgressMode, ReportTo};
use signoff_runner::snapshot_files::SnapshotMode;
use std::path::PathBuf;
use std::time::Duration;

#[derive(Debug, Args)]
pub(crate) struct RunArgs {
    /// Rule ids, scenario ids, or prefixes of them (RPIL-3, redirect/)
    #[arg(value_name = "FILTER")]
    pub(crate) filters: Vec<String>,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
    /// A named defect of the embedded mock; repeatable
    #[arg(long, value_name = "NAME")]
    pub(crate) fault: Vec<String>,
    /// The seed of every random value
    #[arg(long, default_value_t = 1, env = "SIGNOFF_SEED")]
    pub(crate) seed: u64,
    /// The lowest level of the rules that judge
    #[arg(long, value_enum, default_value_t = LowestLevel::May, env = "SIGNOFF_LEVEL")]
    pub(crate) level: LowestLevel,
    /// What makes the run fail: must, should, drift, stale, undecided
    #[arg(long, value_name = "LIST", value_parser = FailOn::parse, default_value = "must,drift,stale,undecided", env = "SIGNOFF_FAIL_ON")]
    pub(crate) fail_on: FailOn,
    /// Stop after this many broken rules
    #[arg(long, value_name = "N")]
    pub(crate) max_fail: Option<usize>,
    /// Known failures of the target
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// Recorded behaviour [default: check, where something was recorded]
    #[arg(long, value_enum, value_name = "MODE", env = "SIGNOFF_SNAPSHOTS")]
    pub(crate) snapshots: Option<Snapshots>,
    /// One part of the cases, such as 2/3; `signoff merge` puts the JSON reports of all parts together
    #[arg(
        long,
        value_name = "M/N",
        default_value = "1/1",
        env = "SIGNOFF_PARTITION"
    )]
    pub(crate) partition: Partition,
    /// Repeat a case that breaks a rule so many times; what does not show every time is flaky, and no finding
    #[arg(long, value_name = "N", default_value_t = 0, env = "SIGNOFF_RETRIES", value_parser = clap::value_parser!(u32).range(..=10))]
    pub(crate) retries: u32,
    #[command(flatten)]
    pub(crate) generated: GeneratedCases,
    #[command(flatten)]
    pub(crate) manners: Manners,
    #[command(flatten)]
    pub(crate) output: Output,
    #[command(flatten)]
    pub(crate) later: Later,
}

/// Requests that nobody wrote down.
#[derive(Debug, Args)]
pub(crate) struct GeneratedCases {
    /// How many generated cases [default: all pairs of classes on the embedded mock, none elsewhere]
    #[arg(long, value_name = "N", env = "SIGNOFF_CASES")]
    pub(crate) cases: Option<u64>,
    /// Only the generated case with this index, as a finding names it
    #[arg(long, value_name = "INDEX", conflicts_with = "cases")]
    pub(crate) case: Option<u64>,
    /// The longest time for generated cases, such as 90s, 5m or 1h
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    pub(crate) max_time: Option<Duration>,
    /// Where findings are kept as files, and read from first [default: the nearest scenarios/kept; none under a fault]
    #[arg(long, value_name = "DIR")]
    pub(crate) keep: Option<PathBuf>,
    /// Leave generated failures as they were found
    #[arg(long)]
    pub(crate) no_shrink: bool,
}

/// A number and its unit: ms, s, m or h; seconds without one.
fn parse_time(text: &str) -> Result<Duration, String> {
    let text = text.trim();
    let digits = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let wrong = || format!("`{text}` is no time; write 90s, 5m or 1h");
    let number: u64 = text[..digits].parse().map_err(|_| wrong())?;
    let milliseconds = match &text[digits..] {
        "ms" => 1,
        "" | "s" => 1_000,
        "m" | "min" => 60_000,
        "h" => 3_600_000,
        _ => return Err(wrong()),
    };
    number
        .checked_mul(milliseconds)
        .map(Duration::from_millis)
        .ok_or_else(wrong)
}

/// How a target over HTTP is treated.
#[derive(Debug, Args)]
pub(crate) struct Manners {
    /// The most requests in a time, such as 5/s or 30/min
    #[arg(long, value_name = "RATE", env = "SIGNOFF_RATE", value_parser = signoff_runner::target_file::parse_rate)]
    pub(crate) rate: Option<f64>,
    /// The longest that one exchange may take, in seconds
    #[arg(long, value_name = "SECONDS", env = "SIGNOFF_TIMEOUT", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) timeout: Option<u64>,
    /// Start the target for the run, by a command of the shell, and end it afterwards
    #[arg(long, value_name = "COMMAND")]
    pub(crate) start: Option<String>,
    /// The address that answers when the target has started [default: its discovery document]
    #[arg(long, value_name = "URL", requires = "start")]
    pub(crate) ready: Option<String>,
    /// Wait up to this many seconds until the target answers [default with --start: 60]
    #[arg(long, value_name = "SECONDS")]
    pub(crate) start_timeout: Option<u64>,
    /// Go ahead without asking on targets that are not on this machine
    #[arg(long, env = "SIGNOFF_YES")]
    pub(crate) yes: bool,
    /// Print what would be sent, and send nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// What is written, and where.
#[derive(Debug, Args)]
pub(crate) struct Output {
    /// A report: text, json, ndjson, junit, sarif, md or html, and a file or `-`; repeatable
    #[arg(long, value_name = "FORMAT=PATH")]
    pub(crate) report: Vec<ReportTo>,
    /// The JSON report on the standard output, and nothing else there
    #[arg(long)]
    pub(crate) json: bool,
    /// How far the run is, on the standard error
    #[arg(long, value_enum, value_name = "HOW", default_value_t = ShowProgress::Auto, env = "SIGNOFF_SHOW_PROGRESS")]
    pub(crate) show_progress: ShowProgress,
    /// Only failures and the last line
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

/// Flags of the contract that are not built yet. They are here so that a script learns it from an exit code
/// and not from a run that ignores them.
#[derive(Debug, Args)]
#[command(next_help_heading = "Not built yet")]
pub(crate) struct Later {
    /// Cases at the same time; there is one
    #[arg(long, value_name = "N")]
    jobs: Option<String>,
}

impl Later {
    /// The first flag that was given and asks for something that is not there. One job is what there is.
    pub(crate) fn given(&self) -> Option<&'static str> {
        let unless = |value: &Option<String>, usual: &str| {
            value.as_deref().is_some_and(|value| value != usual)
        };
        let flags = [("--jobs", unless(&self.jobs, "1"))];
        flags
            .into_iter()
            .find_map(|(flag, given)| given.then_some(flag))
    }
}

/// `--level`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LowestLevel {
    /// MUST and MUST NOT
    Must,
    /// SHOULD and SHOULD NOT as well
    Should,
    /// All
    May,
}

impl LowestLevel {
    pub(crate) fn severity(self) -> Severity {
        match self {
            LowestLevel::Must => Severity::Must,
            LowestLevel::Should => Severity::Should,
            LowestLevel::May => Severity::Note,
        }
    }
}

/// `--snapshots`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Snapshots {
    /// Compare
    Check,
    /// Compare, and write changes down for review; in CI as check
    New,
    /// Take changes over
    Accept,
    /// Leave them alone
    Off,
}

impl Snapshots {
    pub(crate) fn mode(self) -> SnapshotMode {
        match self {
            Snapshots::Check => SnapshotMode::Check,
            Snapshots::New => SnapshotMode::New,
            Snapshots::Accept => SnapshotMode::Accept,
            Snapshots::Off => SnapshotMode::Off,
        }
    }
}

/// `--show-progress`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ShowProgress {
    /// A bar on a terminal, lines elsewhere
    Auto,
    /// A bar
    Bar,
    /// A line each tenth of the way
    Plain,
    /// Nothing
    None,
}

impl ShowProgress {
    pub(crate) fn mode(self) -> ProgressMode {
        match self {
            ShowProgress::Auto => ProgressMode::Auto,
            ShowProgress::Bar => ProgressMode::Bar,
            ShowProgress::Plain => ProgressMode::Plain,
            ShowProgress::None => ProgressMode::None,
        }
    }
}

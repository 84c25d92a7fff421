//! The words of the command line. Names are a contract: scripts depend on them.

mod diff;
mod merge;
mod run;

pub(crate) use diff::DiffArgs;
pub(crate) use merge::MergeArgs;
pub(crate) use run::RunArgs;

use clap::{Args, Parser, Subcommand, ValueEnum};
use signoff_runner::Date;
use std::net::IpAddr;
use std::path::PathBuf;

/// Tests the sign-off (logout) of an OpenID provider against the specifications.
#[derive(Debug, Parser)]
#[command(name = "signoff", version, max_term_width = 110)]
pub(crate) struct Cli {
    /// Colour the output
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Color::Auto, env = "SIGNOFF_COLOR")]
    pub(crate) color: Color,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// `--color`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// The main job: send sign-off requests, judge the answers, report
    Run(Box<RunArgs>),
    /// What would run: rules, scenarios, faults, dialects, targets
    List(ListArgs),
    /// A rule: its sentence, why it matters, what does not count, how to fix it
    Explain(ExplainArgs),
    /// Run the mock identity provider
    Serve(ServeArgs),
    /// Smoke test of a target: discovery, keys, sign-in, sign-off, and what will be skipped
    Probe(ProbeArgs),
    /// Recorded behaviour: review, accept or reject what has changed
    Snap(SnapArgs),
    /// Write a starter target file
    Init(InitArgs),
    /// Known failures of a target
    Baseline(BaselineArgs),
    /// Send stored cases again: FIXED, FAILED or ERROR; KEPT where one was written by hand
    Replay(ReplayArgs),
    /// The same cases on two targets or of two recorded runs: only what differs
    ///
    /// Exit code 0 when nothing differs, 1 when the rules judge some case otherwise, 6 when only the behaviour differs.
    Diff(Box<DiffArgs>),
    /// Put the parts of a run together, or the reports of several targets
    Merge(MergeArgs),
    /// The JSON Schema of the target file, for editors
    Schema,
    /// Every fault of the mock against every rule
    Selftest(SelftestArgs),
}

#[derive(Debug, Args)]
pub(crate) struct ReplayArgs {
    /// A file, a folder, or the id of a kept case or a prefix of it [default: all of scenarios/kept]
    #[arg(value_name = "ID|FILE|DIR")]
    pub(crate) case: Option<String>,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
    /// A named defect of the embedded mock; repeatable
    #[arg(long, value_name = "NAME")]
    pub(crate) fault: Vec<String>,
    /// The seed of every random value
    #[arg(long, default_value_t = 1, env = "SIGNOFF_SEED")]
    pub(crate) seed: u64,
    /// Go ahead without asking on targets that are not on this machine
    #[arg(long, env = "SIGNOFF_YES")]
    pub(crate) yes: bool,
}

#[derive(Debug, Args)]
pub(crate) struct SelftestArgs {
    /// Only the mock of this product
    #[arg(long, value_name = "NAME")]
    pub(crate) dialect: Option<String>,
    /// The seed of every random value
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// JSON for scripts
    #[arg(long)]
    pub(crate) json: bool,
    /// The reference in its legal variations instead, every pair of their values: nothing may be broken
    #[arg(long, conflicts_with_all = ["dialect", "json"])]
    pub(crate) variations: bool,
    /// How many generated cases each variation is tried with
    #[arg(long, value_name = "N", default_value_t = 40, requires = "variations")]
    pub(crate) cases: u64,
}

/// Which target, where several are known.
#[derive(Debug, Args)]
pub(crate) struct TargetArgs {
    /// A target of the target file, by name or issuer; without one, the embedded mock
    #[arg(long, value_name = "NAME|URL")]
    pub(crate) target: Option<String>,
    /// The dialect of the embedded mock [default: pingone]
    #[arg(long, value_name = "NAME")]
    pub(crate) dialect: Option<String>,
    /// The target file [default: the nearest signoff.toml, and harness/targets]
    #[arg(long, value_name = "FILE", env = "SIGNOFF_CONFIG")]
    pub(crate) config: Option<PathBuf>,
    /// The edition of the dialect
    #[arg(long, value_name = "NAME", env = "SIGNOFF_EDITION")]
    pub(crate) edition: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// Ids or prefixes of them
    #[arg(value_name = "FILTER")]
    pub(crate) filters: Vec<String>,
    #[command(flatten)]
    pub(crate) what: ListWhat,
    /// One JSON array
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

/// Kinds of things; without one, rules and scenarios.
#[derive(Debug, Args)]
#[group(multiple = false)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "five exclusive flags of the command line's contract"
)]
pub(crate) struct ListWhat {
    /// Rules
    #[arg(long)]
    pub(crate) rules: bool,
    /// Scenarios
    #[arg(long)]
    pub(crate) scenarios: bool,
    /// Faults of the mock
    #[arg(long)]
    pub(crate) faults: bool,
    /// Dialects
    #[arg(long)]
    pub(crate) dialects: bool,
    /// Targets
    #[arg(long)]
    pub(crate) targets: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// The rule
    #[arg(required_unless_present = "all", value_name = "ID")]
    pub(crate) id: Option<String>,
    /// Every rule
    #[arg(long, conflicts_with = "id")]
    pub(crate) all: bool,
    /// Also the scenarios in which it is decided; the mock is run in memory to find out
    #[arg(long)]
    pub(crate) scenarios: bool,
    /// The format
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text)]
    pub(crate) format: ExplainFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExplainFormat {
    /// For a terminal
    Text,
    /// For scripts
    Json,
    /// Markdown
    Md,
}

#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four independent flags of the command line"
)]
pub(crate) struct ServeArgs {
    /// The product to behave like; `all` for every one, a tenant each
    #[arg(long, value_name = "NAME", default_value = "pingone")]
    pub(crate) dialect: String,
    /// Print the configuration of `--dialect all`, to begin a file of one's own with, and end
    #[arg(long)]
    pub(crate) print_config: bool,
    /// The edition of its documentation
    #[arg(long, value_name = "NAME")]
    pub(crate) edition: Option<String>,
    /// A named defect to switch on; repeatable
    #[arg(long, value_name = "NAME")]
    pub(crate) fault: Vec<String>,
    /// The port; 0 for any free one
    #[arg(long, default_value_t = 0)]
    pub(crate) port: u16,
    /// The address to listen on
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub(crate) address: IpAddr,
    /// The seed of everything that cannot be guessed; without it the ids of the keys are new at each start
    #[arg(long)]
    pub(crate) seed: Option<u64>,
    /// Serve what this TOML file describes, and follow it: a change takes effect, unless it is wrong
    #[arg(long, value_name = "FILE", conflicts_with_all = ["dialect", "edition", "fault", "port", "address", "seed"])]
    pub(crate) config: Option<PathBuf>,
    /// Only say whether the file is good
    #[arg(long, requires = "config", conflicts_with = "json")]
    pub(crate) validate: bool,
    /// Only print the JSON Schema of the file, for editors
    #[arg(long, conflicts_with_all = ["config", "json"])]
    pub(crate) schema: bool,
    /// One line of JSON when it listens
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ProbeArgs {
    #[command(flatten)]
    pub(crate) target: TargetArgs,
    /// One JSON object
    #[arg(long)]
    pub(crate) json: bool,
    /// Go ahead without asking on targets that are not on this machine
    #[arg(long, env = "SIGNOFF_YES")]
    pub(crate) yes: bool,
}

#[derive(Debug, Args)]
pub(crate) struct SnapArgs {
    /// What to do
    #[arg(value_enum)]
    pub(crate) action: SnapAction,
    /// Targets, or scenario ids or prefixes of them
    #[arg(value_name = "FILTER")]
    pub(crate) filters: Vec<String>,
    /// The folder of the snapshots [default: the nearest `snapshots`]
    #[arg(long, value_name = "FOLDER")]
    pub(crate) folder: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SnapAction {
    /// Show each change and ask
    Review,
    /// Take the changes over
    Accept,
    /// Throw the changes away
    Reject,
    /// List what waits; exit code 6 when something does
    Pending,
}

#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// The file to write
    #[arg(long, value_name = "FILE", default_value = "signoff.toml")]
    pub(crate) config: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct BaselineArgs {
    #[command(subcommand)]
    pub(crate) action: BaselineAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum BaselineAction {
    /// Compare a JSON report with the known failures
    Check(BaselineCheckArgs),
    /// Date the known failures that a JSON report shows, and add the others
    Update(BaselineUpdateArgs),
    /// Take out known failures that a JSON report does not show
    Prune(BaselineFileArgs),
}

/// Which known failures, and what was seen.
#[derive(Debug, Args)]
pub(crate) struct BaselineFileArgs {
    /// The target whose expected.json stands beside its target file
    #[arg(long, value_name = "NAME", required_unless_present = "baseline")]
    pub(crate) target: Option<String>,
    /// The known failures
    #[arg(long, value_name = "FILE", conflicts_with = "target")]
    pub(crate) baseline: Option<PathBuf>,
    /// The target file [default: the nearest signoff.toml, and harness/targets]
    #[arg(long, value_name = "FILE", env = "SIGNOFF_CONFIG")]
    pub(crate) config: Option<PathBuf>,
    /// The JSON report of a run without filters
    #[arg(long, value_name = "FILE")]
    pub(crate) report: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct BaselineCheckArgs {
    #[command(flatten)]
    pub(crate) file: BaselineFileArgs,
    /// Another run's report that has to have the same verdicts
    #[arg(long, value_name = "FILE")]
    pub(crate) same_as: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct BaselineUpdateArgs {
    #[command(flatten)]
    pub(crate) file: BaselineFileArgs,
    /// Why failures that are not in it yet are accepted
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,
    /// The last day on which they are, such as 2027-03-01
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<Date>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }
}

//! The flags of `signoff merge`.

use clap::Args;
use signoff_runner::report::ReportTo;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct MergeArgs {
    /// The JSON reports: every part of each run that was spread with `--partition`, and reports of whole runs
    #[arg(value_name = "FILE", required = true)]
    pub(crate) reports: Vec<PathBuf>,
    /// A report: text, json, ndjson, junit, sarif, md or html, and a file or `-`; repeatable. Of several targets, html and text
    #[arg(long, value_name = "FORMAT=PATH")]
    pub(crate) report: Vec<ReportTo>,
    /// The JSON report on the standard output, and nothing else there
    #[arg(long)]
    pub(crate) json: bool,
    /// The target file, so that SARIF names it [default: the nearest signoff.toml, and harness/targets]
    #[arg(long, value_name = "FILE", env = "SIGNOFF_CONFIG")]
    pub(crate) config: Option<PathBuf>,
    /// Only failures and the last line
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

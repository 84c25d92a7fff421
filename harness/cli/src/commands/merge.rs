//! `signoff merge`: the parts of a run as one report, and the reports of several targets as one page.

use super::{aim, run};
use crate::args::{MergeArgs, TargetArgs};
use crate::console::Console;
use crate::environment;
use crate::stop::Stop;
use signoff_runner::engine::{Exit, RunReport};
use signoff_runner::report::{Format, Place, ReportTo, TextOptions, read_report, write_reports};
use signoff_runner::target_file::today;
use std::path::Path;

pub(crate) fn merge(args: &MergeArgs, console: Console) -> Result<Exit, Stop> {
    let wanted = run::wanted_reports(&args.report, args.json)?;
    let mut runs: Vec<Vec<RunReport>> = Vec::new();
    for path in &args.reports {
        let report = read(path)?;
        let same = runs
            .iter_mut()
            .find(|run| report.part.is_some() && is_part_of(run, &report));
        match same {
            Some(parts) => parts.push(report),
            None => runs.push(vec![report]),
        }
    }
    let reports: Vec<RunReport> = runs.into_iter().map(whole).collect::<Result<_, Stop>>()?;
    if reports.len() > 1 {
        only_what_takes_several(&wanted)?;
    }
    let text = TextOptions {
        repeat_failures: environment::is_ci(),
        quiet: args.quiet,
        ..TextOptions::default()
    };
    let places: Vec<Option<Place>> = reports.iter().map(|report| place(report, args)).collect();
    let all: Vec<&RunReport> = reports.iter().collect();
    write_reports(&wanted, text, &all, &places, || Box::new(console.out()))?;
    let exits = reports.iter().map(RunReport::exit);
    let exits: Vec<Exit> = exits.collect();
    let first = Exit::ALL.into_iter().find(|exit| exits.contains(exit));
    Ok(first.unwrap_or(Exit::NothingRan))
}

fn read(path: &Path) -> Result<RunReport, Stop> {
    let wrong = |why: String| Stop::usage(format!("{}: {why}", path.display()));
    let text = std::fs::read_to_string(path)
        .map_err(|error| wrong(format!("it cannot be read: {error}")))?;
    read_report(&text).map_err(wrong)
}

/// Parts of runs at the same target are taken for parts of one run; whether they are is looked at when they are put
/// together.
fn is_part_of(run: &[RunReport], report: &RunReport) -> bool {
    run.iter().any(|first| {
        first.part.is_some()
            && first.target == report.target
            && first.edition == report.edition
            && first.faults == report.faults
    })
}

fn whole(mut run: Vec<RunReport>) -> Result<RunReport, Stop> {
    if run.len() == 1 && run[0].part.is_none() {
        return Ok(run.remove(0));
    }
    signoff_runner::engine::merge(run, today()).map_err(Stop::usage)
}

fn only_what_takes_several(wanted: &[ReportTo]) -> Result<(), Stop> {
    let of_one = wanted
        .iter()
        .find(|report| report.format != Format::Html && **report != ReportTo::stdout(Format::Text));
    match of_one {
        Some(report) => Err(Stop::usage(format!(
            "{report}: such a report has one target, and these are of several; html, and text on the standard output, take them all"
        ))),
        None => Ok(()),
    }
}

/// Where the target is described, if the target file is here.
fn place(report: &RunReport, args: &MergeArgs) -> Option<Place> {
    let files = aim::files(&TargetArgs {
        target: None,
        dialect: None,
        config: args.config.clone(),
        edition: None,
    });
    files
        .ok()
        .and_then(|files| aim::place(&files, &report.target))
}

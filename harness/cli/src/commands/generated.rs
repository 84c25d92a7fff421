//! Generated cases on the command line: how many, and where findings are kept.

use crate::args::RunArgs;
use crate::console::Console;
use crate::environment;
use crate::stop::Stop;
use signoff_runner::Aim;
use signoff_runner::engine::{RunReport, Search, Selection};
use signoff_runner::kept::{keep, kept_folder, load};
use signoff_runner::scenarios::Scenario;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The generated cases that are wanted. Where nobody says how many, the embedded mock gets every pair of classes;
/// a filter that names scenarios asks for those and for nothing else, and a target over HTTP is not flooded unasked.
pub(super) fn search(args: &RunArgs, aim: &Aim) -> Option<Search> {
    let wanted = &args.generated;
    let max_ms = wanted
        .max_time
        .map(|time| u64::try_from(time.as_millis()).unwrap_or(u64::MAX));
    let usual = Search {
        shrink: !wanted.no_shrink,
        max_ms,
        ..Search::default()
    };
    if let Some(index) = wanted.case {
        return Some(Search {
            cases: 1,
            from: index,
            ..usual
        });
    }
    let cases = match (wanted.cases, aim) {
        (Some(cases), _) => cases,
        (None, Aim::Embedded(..)) if args.filters.is_empty() => Search::usual().cases,
        (None, _) if max_ms.is_some() => u64::MAX,
        _ => 0,
    };
    (cases > 0).then_some(Search { cases, ..usual })
}

/// The folder of kept cases. Under a fault of the mock what is found is the fault, so nothing is kept unless asked.
pub(super) fn folder(args: &RunArgs) -> Option<PathBuf> {
    let usual = || kept_folder(&environment::current_folder());
    let chosen = args.generated.keep.clone();
    chosen.or_else(|| usual().filter(|_| args.fault.is_empty()))
}

/// The selection with the kept cases before it. With a filter only what it names is played.
pub(super) fn with_kept(
    mut selection: Selection,
    args: &RunArgs,
    folder: Option<&Path>,
) -> Result<Selection, Stop> {
    let Some(folder) = folder.filter(|folder| folder.is_dir() && args.filters.is_empty()) else {
        return Ok(selection);
    };
    let cases = load(folder)?;
    let known: BTreeSet<&str> = selection.scenarios.iter().map(|s| s.id.as_str()).collect();
    if let Some(twin) = cases
        .iter()
        .find(|case| known.contains(case.file.id.as_str()))
    {
        return Err(Stop::usage(format!(
            "{}: the id {} is that of a scenario of signoff; choose another",
            twin.path.display(),
            twin.file.id
        )));
    }
    let mut scenarios: Vec<Scenario> = cases.iter().map(|case| case.file.scenario()).collect();
    scenarios.append(&mut selection.scenarios);
    selection.scenarios = scenarios;
    Ok(selection)
}

/// Writes what was found, and says where.
pub(super) fn write(
    folder: Option<&Path>,
    report: &RunReport,
    console: Console,
) -> Result<(), Stop> {
    let Some(folder) = folder else {
        return Ok(());
    };
    for path in keep(folder, report)? {
        console.note(&format!("kept: {}", path.display()));
    }
    Ok(())
}

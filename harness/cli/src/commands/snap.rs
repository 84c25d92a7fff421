//! `signoff snap`: recorded behaviour that has changed.

use crate::args::{SnapAction, SnapArgs};
use crate::console::Console;
use crate::environment;
use crate::stop::Stop;
use signoff_runner::engine::Exit;
use signoff_runner::snapshot_files::{Pending, SnapshotFiles};
use std::io::Write;
use std::path::{Path, PathBuf};

pub(crate) fn snap(args: &SnapArgs, console: Console) -> Result<Exit, Stop> {
    let folder = environment::current_folder();
    let root = args.folder.clone().or_else(|| nearest(&folder));
    let root = root.ok_or_else(|| {
        Stop::usage("there is no folder `snapshots` here or above; --folder names one")
    })?;
    let waiting = waiting(&root, &args.filters)?;
    if waiting.is_empty() {
        writeln!(console.out(), "no change waits for review")?;
        return Ok(Exit::Ok);
    }
    match args.action {
        SnapAction::Pending => list(&waiting, console),
        SnapAction::Accept => settle(&waiting, true, console),
        SnapAction::Reject => settle(&waiting, false, console),
        SnapAction::Review => review(&waiting, console),
    }
}

/// The nearest folder of snapshots from `start` upwards.
pub(crate) fn nearest(start: &Path) -> Option<PathBuf> {
    start
        .ancestors()
        .map(|folder| folder.join("snapshots"))
        .find(|folder| folder.is_dir())
}

/// A change and where it belongs.
struct Waiting {
    target: String,
    files: SnapshotFiles,
    change: Pending,
}

fn waiting(root: &Path, filters: &[String]) -> Result<Vec<Waiting>, Stop> {
    let unreadable = |error| Stop::usage(format!("{} cannot be read: {error}", root.display()));
    let mut all = Vec::new();
    for files in SnapshotFiles::all(root).map_err(unreadable)? {
        let name = files.folder().file_name();
        let target = name.map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        for change in files.pending().map_err(unreadable)? {
            all.push(Waiting {
                target: target.clone(),
                files: files.clone(),
                change,
            });
        }
    }
    let matches = |waiting: &Waiting, filter: &str| {
        waiting.target == filter || waiting.change.scenario.starts_with(filter)
    };
    if let Some(filter) = filters
        .iter()
        .find(|filter| !all.iter().any(|waiting| matches(waiting, filter)))
    {
        return Err(Stop::usage(format!(
            "no waiting change is under `{filter}`; `signoff snap pending` lists them"
        )));
    }
    all.retain(|waiting| {
        filters.is_empty() || filters.iter().any(|filter| matches(waiting, filter))
    });
    Ok(all)
}

fn list(waiting: &[Waiting], console: Console) -> Result<Exit, Stop> {
    let mut out = console.out();
    for Waiting { target, change, .. } in waiting {
        let kind = if change.accepted.is_some() {
            "changed"
        } else {
            "new"
        };
        writeln!(out, "{target}  {}  {kind}", change.scenario)?;
    }
    Ok(Exit::Drift)
}

fn settle(waiting: &[Waiting], accept: bool, console: Console) -> Result<Exit, Stop> {
    let mut out = console.out();
    for one in waiting {
        decide(one, accept)?;
        let word = if accept { "accepted" } else { "rejected" };
        writeln!(out, "{word}  {}  {}", one.target, one.change.scenario)?;
    }
    Ok(Exit::Ok)
}

fn decide(one: &Waiting, accept: bool) -> Result<(), Stop> {
    let decided = if accept {
        one.files.accept(&one.change.scenario)
    } else {
        one.files.reject(&one.change.scenario)
    };
    decided.map_err(|error| Stop::usage(format!("{}: {error}", one.change.file.display())))
}

/// Shows each change. On a terminal it asks; elsewhere what was shown still waits.
fn review(waiting: &[Waiting], console: Console) -> Result<Exit, Stop> {
    let mut left = 0;
    for (at, one) in waiting.iter().enumerate() {
        show(one, console)?;
        if !Console::can_ask() {
            left += 1;
            continue;
        }
        let number = format!("{} of {}", at + 1, waiting.len());
        match console
            .ask(&format!("{number}: [a]ccept, [r]eject, [s]kip, [q]uit?"))?
            .as_str()
        {
            "a" | "accept" => decide(one, true)?,
            "r" | "reject" => decide(one, false)?,
            "q" | "quit" => {
                left += waiting.len() - at;
                break;
            }
            _ => left += 1,
        }
    }
    Ok(if left == 0 { Exit::Ok } else { Exit::Drift })
}

fn show(one: &Waiting, console: Console) -> Result<(), Stop> {
    const BOLD: anstyle::Style = anstyle::Style::new().bold();
    let mut out = console.out();
    writeln!(out, "{BOLD}{} {}{BOLD:#}", one.target, one.change.scenario)?;
    for line in one.change.diff().lines() {
        let colour = match line.as_bytes().first() {
            Some(b'-') => anstyle::AnsiColor::Red.on_default(),
            Some(b'+') => anstyle::AnsiColor::Green.on_default(),
            _ => anstyle::Style::new(),
        };
        writeln!(out, "  {colour}{line}{colour:#}")?;
    }
    Ok(())
}

//! `signoff diff`: the same cases on two targets, or of two recorded runs; only what differs.

use super::{aim, consent};
use crate::args::{DiffArgs, TargetArgs};
use crate::console::Console;
use crate::stop::Stop;
use signoff_runner::engine::campaign::is_once_a_run;
use signoff_runner::engine::difference::Differences;
use signoff_runner::engine::{Exit, RunReport, Selection};
use signoff_runner::report::{
    Progress, ProgressMode, Reports, TextOptions, read_report, write_differences,
};
use signoff_runner::{Run, select};
use std::io::{self, Write};
use std::path::Path;

pub(crate) async fn diff(args: DiffArgs, console: Console) -> Result<Exit, Stop> {
    let selection = select(&args.filters)?.at_least(args.level.severity());
    // Both sides are known before the first request goes out.
    let (a, b) = (side(&args.a, &args)?, side(&args.b, &args)?);
    for side in [&a, &b] {
        side.consent(&args, console)?;
    }
    let a = a.report(&selection, &args, console).await?;
    let b = b.report(&selection, &args, console).await?;
    let mut found = Differences::between(&a, &b);
    if args.verdicts_only {
        found.behaviour.clear();
    }
    let mut out = console.out();
    if args.json {
        serde_json::to_writer_pretty(&mut out, &found).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        write_differences(&mut out, &found, args.all_cases)?;
    }
    Ok(exit(&found))
}

/// What cannot be compared is no agreement.
fn exit(found: &Differences) -> Exit {
    let broken_off = found.a.unreachable.is_some() || found.b.unreachable.is_some();
    if !found.verdicts.is_empty() {
        Exit::Violated
    } else if broken_off {
        Exit::Unreachable
    } else if found.compared == 0 {
        Exit::NothingRan
    } else if !found.behaviour.is_empty() {
        Exit::Drift
    } else {
        Exit::Ok
    }
}

/// One of the two.
enum Side {
    Recorded(Box<RunReport>),
    Live(Box<aim::Aimed>),
}

fn side(spec: &str, args: &DiffArgs) -> Result<Side, Stop> {
    let path = Path::new(spec);
    if path.is_file() {
        let text = std::fs::read_to_string(path)
            .map_err(|error| Stop::usage(format!("{spec} cannot be read: {error}")))?;
        let report = read_report(&text).map_err(|why| Stop::usage(format!("{spec}: {why}")))?;
        return Ok(Side::Recorded(Box::new(report)));
    }
    if Path::new(spec)
        .extension()
        .is_some_and(|ending| ending == "json")
    {
        return Err(Stop::usage(format!(
            "{spec} cannot be read: there is no such file"
        )));
    }
    let overrides = aim::Overrides {
        rate: args.rate,
        timeout: args.timeout,
    };
    let mut target = TargetArgs {
        target: Some(spec.to_owned()),
        dialect: None,
        config: args.config.clone(),
        edition: None,
    };
    let mut faults = Vec::new();
    if let Some(mock) = spec.strip_prefix("mock:") {
        let mut parts = mock.split('+');
        let product = parts.next().unwrap_or_default();
        faults = parts.map(str::to_owned).collect();
        let (dialect, edition) = match product.split_once('/') {
            Some((dialect, edition)) => (dialect, Some(edition.to_owned())),
            None => (product, None),
        };
        target.target = None;
        target.dialect = Some(dialect.to_owned());
        target.edition = edition;
    }
    Ok(Side::Live(Box::new(aim::take(
        &target, &faults, overrides,
    )?)))
}

impl Side {
    fn consent(&self, args: &DiffArgs, console: Console) -> Result<(), Stop> {
        let Side::Live(aimed) = self else {
            return Ok(());
        };
        for note in &aimed.notes {
            console.note(note);
        }
        consent::obtain(aimed.aim.target(), aimed.access.as_ref(), args.yes, console)
    }

    async fn report(
        self,
        selection: &Selection,
        args: &DiffArgs,
        console: Console,
    ) -> Result<RunReport, Stop> {
        let aimed = match self {
            Side::Recorded(report) => return Ok(selected(*report, selection)),
            Side::Live(aimed) => aimed,
        };
        let progress = Progress::on_stderr(
            ProgressMode::Auto,
            Console::shows_progress(),
            Box::new(console.err()),
        );
        let mut progress = Reports::open(&[], TextOptions::default(), None, progress, || {
            Box::new(io::sink())
        })?;
        let run = Run::of(aimed.aim)
            .selection(selection.clone())
            .seed(args.seed);
        let report = run.heard_by(&mut progress).await?;
        progress.finish(&report)?;
        if report.cases.is_empty()
            && let Some(why) = &report.unreachable
        {
            return Err(Stop {
                exit: Exit::Unreachable,
                what: why.clone(),
            });
        }
        Ok(report)
    }
}

/// The part of a recorded run that is asked for.
fn selected(mut report: RunReport, selection: &Selection) -> RunReport {
    report
        .judgements
        .retain(|judgement| selection.rules.contains(&judgement.rule));
    if !selection.complete {
        // What is looked at once a run is looked at in every run.
        let wanted = |id: &str| {
            is_once_a_run(id) || selection.scenarios.iter().any(|scenario| scenario.id == id)
        };
        report.cases.retain(|case| wanted(&case.scenario));
        report
            .judgements
            .retain(|judgement| wanted(&judgement.scenario));
    }
    report
}

//! `signoff run`: the main job.

use super::start::Started;
use super::{aim, consent, dry_run, generated};
use crate::args::RunArgs;
use crate::console::Console;
use crate::environment;
use crate::stop::Stop;
use signoff_runner::engine::baseline::Baseline;
use signoff_runner::engine::{Exit, Manner, RunReport, Selection, Target};
use signoff_runner::oidc::discovery::document_url;
use signoff_runner::report::{
    Destination, Format, Place, Progress, ProgressMode, ReportTo, Reports, TextOptions,
};
use signoff_runner::rules::{Rule, catalogue};
use signoff_runner::snapshot_files::SnapshotMode;
use signoff_runner::target_file::today;
use signoff_runner::wire::{LastTry, NotReady, Patience, WireOptions, wait_until_ready};
use signoff_runner::{Aim, Run, select};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

/// How long a target may take to start, in seconds.
const START_TIMEOUT: u64 = 60;

/// Starts the target when that is asked for, and ends it however the run went.
pub(crate) async fn run(args: RunArgs, console: Console) -> Result<Exit, Stop> {
    let Some(command) = &args.manners.start else {
        return Box::pin(run_against(args, console, &mut None)).await;
    };
    let mut started = None;
    if let Some(url) = &args.manners.ready {
        // The target file may name what the target writes when it starts, so the target goes first.
        let options = WireOptions::default();
        must_be_free(url, options.clone()).await?;
        let target = started.insert(Started::start(command)?);
        target.ready(url, options, patience(&args)).await?;
    }
    let ended = Box::pin(run_against(args, console, &mut started)).await;
    if let Some(started) = started {
        started.end().await;
    }
    ended
}

/// Where something answers before the target was started, something else would be judged.
async fn must_be_free(url: &str, options: WireOptions) -> Result<(), Stop> {
    let once = Patience {
        within: Duration::from_secs(2),
        tries: 1,
        ..Patience::default()
    };
    match wait_until_ready(url, options, once).await {
        Err(NotReady {
            last: None | Some(LastTry::Failed(_)),
            ..
        }) => Ok(()),
        Ok(_) | Err(_) => Err(Stop::usage(format!(
            "something answers at {url} before --start has started anything, and would be judged instead; end it, or leave --start out"
        ))),
    }
}

fn patience(args: &RunArgs) -> Patience {
    Patience {
        within: Duration::from_secs(args.manners.start_timeout.unwrap_or(START_TIMEOUT)),
        ..Patience::default()
    }
}

async fn run_against(
    args: RunArgs,
    console: Console,
    started: &mut Option<Started>,
) -> Result<Exit, Stop> {
    if let Some(flag) = args.later.given() {
        return Err(Stop::not_built(format!("the flag {flag}")));
    }
    let selection = select(&args.filters)?.at_least(args.level.severity());
    let overrides = aim::Overrides {
        rate: args.manners.rate,
        timeout: args.manners.timeout,
    };
    let aimed = aim::take(&args.target, &args.fault, overrides)?;
    for note in &aimed.notes {
        console.note(note);
    }
    let target = aimed.aim.target().clone();
    something_to_judge(&selection, &target)?;
    let rate = aimed.access.as_ref().and_then(|access| access.rate);
    if args.manners.dry_run {
        dry_run::show(&mut console.out(), &target, &selection, rate)?;
        return Ok(Exit::Ok);
    }
    let wanted = wanted_reports(&args.output.report, args.output.json)?;
    let baseline = args.baseline.as_ref().map(read_baseline).transpose()?;
    consent::obtain(&target, aimed.access.as_ref(), args.manners.yes, console)?;
    ready(&args, &aimed.aim, started).await?;
    let (mode, root) = snapshots(&args, &target);
    let kept = generated::folder(&args);
    let selection = generated::with_kept(selection, &args, kept.as_deref())?;
    let search = generated::search(&args, &aimed.aim);
    let run = Run::of(aimed.aim)
        .search(search)
        .selection(selection)
        .seed(args.seed)
        .fail_on(args.fail_on)
        .max_fail(args.max_fail)
        .manner(Manner {
            partition: args.partition,
            retries: args.retries,
        })
        .baseline(baseline)
        .snapshots(mode, root);
    let report = reported(run, &args, &wanted, aimed.place.as_ref(), console).await?;
    generated::write(kept.as_deref(), &report, console)?;
    Ok(report.exit())
}

/// Makes the run with its reports. A report that could not be written outweighs whatever the run said.
async fn reported(
    run: Run,
    args: &RunArgs,
    wanted: &[ReportTo],
    place: Option<&Place>,
    console: Console,
) -> Result<RunReport, Stop> {
    let text = TextOptions {
        fail_on: args.fail_on,
        repeat_failures: environment::is_ci(),
        quiet: args.output.quiet,
    };
    let mode = if args.output.quiet {
        ProgressMode::None
    } else {
        args.output.show_progress.mode()
    };
    let progress = Progress::on_stderr(mode, Console::shows_progress(), Box::new(console.err()));
    let mut reports = Reports::open(wanted, text, place, progress, || Box::new(console.out()))?;
    let report = Box::pin(run.heard_by(&mut reports)).await?;
    reports.finish(&report)?;
    Ok(report)
}

/// The reports that were asked for; text on the standard output, unless another one is there.
pub(super) fn wanted_reports(report: &[ReportTo], json: bool) -> Result<Vec<ReportTo>, Stop> {
    let mut wanted = report.to_vec();
    if json {
        wanted.push(ReportTo::stdout(Format::Json));
    }
    if !wanted.iter().any(|report| report.to == Destination::Stdout) {
        wanted.insert(0, ReportTo::stdout(Format::Text));
    }
    let mut places = BTreeSet::new();
    for report in &wanted {
        let place = match &report.to {
            Destination::Stdout => PathBuf::from("-"),
            Destination::File(path) => path.clone(),
        };
        if !places.insert(place) {
            return Err(Stop::usage(format!(
                "two reports cannot go to the same place: {report}"
            )));
        }
    }
    Ok(wanted)
}

/// A run in which no rule can judge is no success.
fn something_to_judge(selection: &Selection, target: &Target) -> Result<(), Stop> {
    let rules: Vec<&Rule> = selection
        .rules
        .iter()
        .filter_map(|id| catalogue::find(id))
        .collect();
    let speaks = |rule: &Rule| rule.speaks_for(&target.dialect, target.edition.as_deref());
    if rules.iter().any(|rule| rule.is_judged() && speaks(rule)) {
        return Ok(());
    }
    let why = match rules.first() {
        None => "no selected rule has this level".to_owned(),
        Some(rule) if !rule.is_judged() => format!("{}: {}", rule.id, rule.status()),
        Some(rule) => format!("{} does not speak for {}", rule.id, target.dialect),
    };
    Err(Stop {
        exit: Exit::NothingRan,
        what: format!("nothing would be judged: {why}; `signoff list --rules` tells more"),
    })
}

fn read_baseline(path: &PathBuf) -> Result<Baseline, Stop> {
    let text = std::fs::read_to_string(path);
    let text =
        text.map_err(|error| Stop::usage(format!("{} cannot be read: {error}", path.display())))?;
    Baseline::parse(&text, today()).map_err(|why| Stop::usage(format!("{}: {why}", path.display())))
}

/// Waits for a target that is being started, here or elsewhere.
async fn ready(args: &RunArgs, aim: &Aim, started: &mut Option<Started>) -> Result<(), Stop> {
    let Aim::Http(http) = aim else {
        return match &args.manners.start {
            Some(_) => Err(Stop::usage(
                "--start is for a target over HTTP; name one with --target",
            )),
            None => Ok(()),
        };
    };
    let url = document_url(&http.target.issuer);
    match (&args.manners.start, &started) {
        (Some(command), None) => {
            must_be_free(&url, http.options.clone()).await?;
            let target = started.insert(Started::start(command)?);
            target
                .ready(&url, http.options.clone(), patience(args))
                .await
        }
        _ if args.manners.start_timeout.is_some() => {
            let answer = wait_until_ready(&url, http.options.clone(), patience(args)).await;
            answer.map(|_| ()).map_err(|error| Stop {
                exit: Exit::Unreachable,
                what: format!("{url}: {error}"),
            })
        }
        _ => Ok(()),
    }
}

/// How snapshots are treated, and where they are. Where nothing was ever recorded there is nothing to
/// compare with, unless a mode is asked for; under a fault the behaviour is not the product's.
fn snapshots(args: &RunArgs, target: &Target) -> (SnapshotMode, PathBuf) {
    let folder = environment::current_folder();
    let recorded = folder
        .ancestors()
        .map(|ancestor| ancestor.join("snapshots"))
        .find(|root| root.join(&target.name).is_dir());
    let mode = match (args.snapshots, &recorded) {
        _ if !args.fault.is_empty() => SnapshotMode::Off,
        (Some(mode), _) => mode.mode().in_ci(environment::is_ci()),
        (None, Some(_)) => SnapshotMode::Check,
        (None, None) => SnapshotMode::Off,
    };
    let root = recorded
        .or_else(|| super::snap::nearest(&folder))
        .unwrap_or_else(|| PathBuf::from("snapshots"));
    (mode, root)
}

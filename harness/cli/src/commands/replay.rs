//! `signoff replay`: sends stored cases again, and says what became of them.

use super::{aim, consent};
use crate::args::ReplayArgs;
use crate::console::Console;
use crate::stop::Stop;
use signoff_runner::engine::{Exit, Outcome, RunReport, Selection};
use signoff_runner::kept::{KeptCase, load};
use signoff_runner::scenarios::CaseFile;
use signoff_runner::{Run, kept_folder};
use std::io::Write;
use std::path::{Path, PathBuf};

/// What became of a stored case.
enum Verdict {
    /// No rule that it broke is broken any more.
    Fixed,
    /// It was written by hand, and no rule is broken.
    Kept,
    /// Some rule is broken.
    Failed(Vec<String>),
    /// It could not be played or judged.
    Error(String),
}

pub(crate) async fn replay(args: ReplayArgs, console: Console) -> Result<Exit, Stop> {
    let cases = cases(args.case.as_deref())?;
    let aimed = aim::take(&args.target, &args.fault, aim::Overrides::default())?;
    for note in &aimed.notes {
        console.note(note);
    }
    let target = aimed.aim.target().clone();
    consent::obtain(&target, aimed.access.as_ref(), args.yes, console)?;
    let selection = Selection {
        scenarios: cases.iter().map(|case| case.file.scenario()).collect(),
        complete: false,
        ..Selection::all()
    };
    let run = Run::of(aimed.aim).selection(selection).seed(args.seed);
    let report = run.quietly().await?;
    let mut out = console.out();
    let (mut failed, mut unclear) = (0, 0);
    for case in &cases {
        let written = match verdict(&case.file, &report) {
            Verdict::Fixed => writeln!(out, "FIXED   {}", case.file.id),
            Verdict::Kept => writeln!(out, "KEPT    {}", case.file.id),
            Verdict::Failed(what) => {
                failed += 1;
                writeln!(out, "FAILED  {}  {}", case.file.id, what.join("; "))
            }
            Verdict::Error(why) => {
                unclear += 1;
                writeln!(out, "ERROR   {}  {why}", case.file.id)
            }
        };
        written.map_err(|error| Stop::usage(format!("the output cannot be written: {error}")))?;
    }
    Ok(match (failed, unclear) {
        (0, 0) => Exit::Ok,
        (0, _) => Exit::Unreachable,
        _ => Exit::Violated,
    })
}

/// The cases that are meant: a file or folder, an id in the folder of kept cases, or everything there.
fn cases(wanted: Option<&str>) -> Result<Vec<KeptCase>, Stop> {
    let folder = kept_folder(&crate::environment::current_folder());
    let found = match wanted {
        Some(path) if Path::new(path).exists() => load(Path::new(path))?,
        Some(id) => {
            let folder = folder.clone().ok_or_else(|| nothing(Some(id), None))?;
            let all = load(&folder)?;
            all.into_iter()
                .filter(|case| case.file.id.starts_with(id))
                .collect()
        }
        None => match &folder {
            Some(folder) => load(folder)?,
            None => Vec::new(),
        },
    };
    if found.is_empty() {
        return Err(nothing(wanted, folder));
    }
    Ok(found)
}

fn nothing(wanted: Option<&str>, folder: Option<PathBuf>) -> Stop {
    let place = folder.map_or_else(
        || "there is no folder scenarios/kept here or above".to_owned(),
        |folder| format!("{} has none", folder.display()),
    );
    match wanted {
        Some(wanted) => Stop::usage(format!(
            "no file, folder or kept case is called {wanted}; {place}"
        )),
        None => Stop {
            exit: Exit::NothingRan,
            what: format!("no case is kept: {place}; name a file or a folder"),
        },
    }
}

/// What the run says of a case: by the rules that it broke, or by all for one that was written by hand.
fn verdict(file: &CaseFile, report: &RunReport) -> Verdict {
    if let Some(why) = &report.unreachable {
        return Verdict::Error(why.clone());
    }
    let case = report.cases.iter().find(|case| case.scenario == file.id);
    let Some(case) = case else {
        return Verdict::Error("it was not played".to_owned());
    };
    if let Some(why) = case.not_applicable.as_ref().or(case.error.as_ref()) {
        return Verdict::Error(why.clone());
    }
    let rules = file.found.as_ref().map(|found| &found.rules);
    let meant = |rule: &str| rules.is_none_or(|rules| rules.iter().any(|known| known == rule));
    let judgements: Vec<_> = report
        .judgements
        .iter()
        .filter(|judgement| judgement.scenario == file.id && meant(judgement.rule))
        .collect();
    let broken: Vec<String> = judgements
        .iter()
        .filter(|judgement| judgement.outcome == Outcome::Violated)
        .map(|judgement| {
            let actual = judgement.actual.as_deref().unwrap_or("");
            format!("{} {}: {actual}", judgement.rule, judgement.name)
        })
        .collect();
    if !broken.is_empty() {
        return Verdict::Failed(broken);
    }
    let decided = |outcome| matches!(outcome, Outcome::Kept | Outcome::Known | Outcome::Baselined);
    let open: Vec<&str> = match rules {
        Some(rules) => rules
            .iter()
            .map(String::as_str)
            .filter(|rule| {
                !judgements
                    .iter()
                    .any(|judgement| judgement.rule == *rule && decided(judgement.outcome))
            })
            .collect(),
        None if judgements
            .iter()
            .any(|judgement| decided(judgement.outcome)) =>
        {
            Vec::new()
        }
        None => vec!["any rule"],
    };
    if open.is_empty() {
        return match rules {
            Some(_) => Verdict::Fixed,
            None => Verdict::Kept,
        };
    }
    let why = judgements
        .iter()
        .find_map(|judgement| judgement.reason.clone());
    Verdict::Error(format!(
        "{} was not decided{}",
        open.join(", "),
        why.map_or_else(String::new, |why| format!(": {why}"))
    ))
}

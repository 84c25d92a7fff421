//! `signoff baseline`: a run's JSON report against the known failures of its target.

use super::aim;
use crate::args::{BaselineCheckArgs, BaselineFileArgs, BaselineUpdateArgs, TargetArgs};
use crate::console::Console;
use crate::stop::Stop;
use serde_json::Value;
use signoff_runner::engine::Exit;
use signoff_runner::engine::baseline::{Baseline, Failure, Note};
use signoff_runner::target_file::today;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// The verdict on each rule and scenario.
type Verdicts = BTreeMap<Failure, String>;

/// Tells every difference between what is known and what was seen.
pub(crate) fn check(args: &BaselineCheckArgs, console: Console) -> Result<Exit, Stop> {
    let known = Known::read(&args.file)?;
    let report = verdicts(&args.file.report)?;
    let seen = broken(&report);
    let mut out = console.out();
    let mut found = Vec::new();
    for (rule, scenario) in known.baseline.unknown(&seen) {
        writeln!(out, "broken, and not in the baseline: {rule} in {scenario}")?;
        found.push(Exit::Violated);
    }
    for (rule, scenario) in known.baseline.gone(&seen) {
        writeln!(out, "in the baseline, and not broken: {rule} in {scenario}")?;
        found.push(Exit::Baseline);
    }
    for entry in known.baseline.expired() {
        let until = entry
            .until
            .map_or_else(String::new, |until| until.to_string());
        writeln!(
            out,
            "in the baseline until {until}, and that is over: {}",
            entry.rule
        )?;
        found.push(Exit::Baseline);
    }
    if let Some(other) = &args.same_as {
        for line in differences(&report, &verdicts(other)?) {
            writeln!(out, "differs between the runs: {line}")?;
            found.push(Exit::Baseline);
        }
    }
    if found.is_empty() {
        let number = known.number();
        writeln!(
            out,
            "known failures: {number}, all of them there and no other"
        )?;
    }
    let first = Exit::ALL.into_iter().find(|exit| found.contains(exit));
    Ok(first.unwrap_or(Exit::Ok))
}

/// Writes down what a run has shown. A file that is not there yet begins empty.
pub(crate) fn update(args: &BaselineUpdateArgs, console: Console) -> Result<Exit, Stop> {
    let mut known = Known::read_or_begin(&args.file)?;
    let seen = broken(&verdicts(&args.file.report)?);
    let unknown = known.baseline.unknown(&seen).len();
    let reason = args.reason.as_deref().map(str::trim).unwrap_or_default();
    if unknown > 0 && reason.is_empty() {
        return Err(Stop::usage(format!(
            "{unknown} failures are not in {} yet: say with --reason why they are accepted, or mend them",
            known.path.display()
        )));
    }
    let note = Note {
        reason,
        until: args.until,
    };
    let added = known.baseline.update(&seen, note, today());
    known.write()?;
    let gone = known.baseline.gone(&seen).len();
    let mut out = console.out();
    writeln!(
        out,
        "{}: {added} added, {} known in all",
        known.path.display(),
        known.number()
    )?;
    if gone > 0 {
        writeln!(
            out,
            "{gone} of them did not show: signoff baseline prune takes them out"
        )?;
    }
    Ok(Exit::Ok)
}

/// Takes out what a run no longer shows.
pub(crate) fn prune(args: &BaselineFileArgs, console: Console) -> Result<Exit, Stop> {
    let mut known = Known::read(args)?;
    let seen = broken(&verdicts(&args.report)?);
    let gone = known.baseline.prune(&seen);
    if gone > 0 {
        known.write()?;
    }
    let left = known.number();
    writeln!(
        console.out(),
        "{}: {gone} taken out, {left} known in all",
        known.path.display()
    )?;
    Ok(Exit::Ok)
}

/// Known failures, and where they are kept.
struct Known {
    path: PathBuf,
    baseline: Baseline,
}

impl Known {
    fn read(args: &BaselineFileArgs) -> Result<Self, Stop> {
        let path = path(args)?;
        let baseline = Baseline::parse(&text_of(&path)?, today())
            .map_err(|why| Stop::usage(format!("{}: {why}", path.display())))?;
        Ok(Known { path, baseline })
    }

    fn read_or_begin(args: &BaselineFileArgs) -> Result<Self, Stop> {
        let path = path(args)?;
        match fs::metadata(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Known {
                path,
                baseline: Baseline {
                    target: target_of(&args.report)?,
                    expected: Vec::new(),
                },
            }),
            _ => Known::read(args),
        }
    }

    fn write(&self) -> Result<(), Stop> {
        fs::write(&self.path, self.baseline.to_json()).map_err(|error| {
            Stop::usage(format!(
                "{} cannot be written: {error}",
                self.path.display()
            ))
        })
    }

    fn number(&self) -> usize {
        let entries = self.baseline.expected.iter();
        entries.map(|entry| entry.scenarios.len()).sum()
    }
}

/// The file that is named, or `expected.json` beside the target's file.
fn path(args: &BaselineFileArgs) -> Result<PathBuf, Stop> {
    if let Some(path) = &args.baseline {
        return Ok(path.clone());
    }
    let name = args.target.as_deref().unwrap_or_default();
    let known = aim::known(&TargetArgs {
        target: None,
        dialect: None,
        config: args.config.clone(),
        edition: None,
    })?;
    let Some(target) = known.iter().find(|target| target.name == name) else {
        let names = known.iter().map(|target| target.name.as_str());
        return Err(Stop::unknown("target", name, names));
    };
    Ok(target.file.with_file_name("expected.json"))
}

fn text_of(path: &Path) -> Result<String, Stop> {
    fs::read_to_string(path)
        .map_err(|error| Stop::usage(format!("{} cannot be read: {error}", path.display())))
}

/// The target of a JSON report.
fn target_of(path: &Path) -> Result<String, Stop> {
    let report = read(path)?;
    let target = report["target"].as_str().map(str::to_owned);
    target.ok_or_else(|| Stop::usage(format!("{}: it names no target", path.display())))
}

fn read(path: &Path) -> Result<Value, Stop> {
    serde_json::from_str(&text_of(path)?)
        .map_err(|_| Stop::usage(format!("{}: it is no JSON report", path.display())))
}

/// The verdicts of a JSON report. A report of a run that did not get to judging says nothing and is refused.
fn verdicts(path: &Path) -> Result<Verdicts, Stop> {
    let wrong = |what: &str| Stop::usage(format!("{}: {what}", path.display()));
    let report = read(path)?;
    if let Some(why) = report["unreachable"].as_str() {
        return Err(Stop {
            exit: Exit::Unreachable,
            what: format!("{}: the target could not be judged: {why}", path.display()),
        });
    }
    let judgements = report["judgements"]
        .as_array()
        .filter(|judgements| !judgements.is_empty())
        .ok_or_else(|| wrong("it has no judgements"))?;
    let text = |judgement: &Value, member: &str| judgement[member].as_str().map(str::to_owned);
    let read = judgements.iter().map(|judgement| {
        let place = (text(judgement, "rule")?, text(judgement, "scenario")?);
        Some((place, text(judgement, "outcome")?))
    });
    let read: Option<Verdicts> = read.collect();
    read.ok_or_else(|| wrong("a judgement lacks rule, scenario or outcome"))
}

/// What is broken, known or not.
fn broken(verdicts: &Verdicts) -> BTreeSet<Failure> {
    let broken = |outcome: &str| matches!(outcome, "violated" | "baselined");
    let all = verdicts.iter().filter(|(_, outcome)| broken(outcome));
    all.map(|(failure, _)| failure.clone()).collect()
}

fn differences(one: &Verdicts, other: &Verdicts) -> Vec<String> {
    let mut lines = Vec::new();
    for place in one
        .keys()
        .chain(other.keys().filter(|place| !one.contains_key(*place)))
    {
        let word = |verdicts: &Verdicts| {
            verdicts
                .get(place)
                .map_or_else(|| "not judged".to_owned(), Clone::clone)
        };
        let (before, after) = (word(one), word(other));
        if before != after {
            lines.push(format!(
                "{} in {}: {before}, then {after}",
                place.0, place.1
            ));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(rule: &str, scenario: &str, outcome: &str) -> (Failure, String) {
        ((rule.to_owned(), scenario.to_owned()), outcome.to_owned())
    }

    #[test]
    fn what_is_violated_or_baselined_is_broken() {
        let verdicts = Verdicts::from([
            verdict("RPIL-2-18", "method/post", "baselined"),
            verdict("RPIL-3-03", "redirect/none", "known"),
            verdict("RPIL-3-04", "redirect/sub-path", "violated"),
            verdict("RPIL-3-05", "redirect/none", "kept"),
        ]);
        let rules: Vec<String> = broken(&verdicts)
            .into_iter()
            .map(|(rule, _)| rule)
            .collect();
        assert_eq!(rules, ["RPIL-2-18", "RPIL-3-04"]);
    }

    #[test]
    fn runs_differ_where_one_judged_and_the_other_did_not() {
        let one = Verdicts::from([verdict("A", "x", "kept"), verdict("B", "x", "kept")]);
        let other = Verdicts::from([verdict("A", "x", "violated"), verdict("C", "x", "kept")]);
        assert_eq!(
            differences(&one, &other),
            [
                "A in x: kept, then violated",
                "B in x: kept, then not judged",
                "C in x: not judged, then kept"
            ]
        );
        assert!(differences(&one, &one).is_empty());
    }
}

//! `signoff baseline check`: a run's JSON report against the known failures of its target.

use super::aim;
use crate::args::{BaselineCheckArgs, TargetArgs};
use crate::console::Console;
use crate::stop::Stop;
use serde_json::Value;
use signoff_runner::engine::Exit;
use signoff_runner::engine::baseline::Baseline;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The verdict on each rule and scenario.
type Verdicts = BTreeMap<(String, String), String>;

pub(crate) fn check(args: &BaselineCheckArgs, console: Console) -> Result<Exit, Stop> {
    let path = baseline_path(args)?;
    let baseline = Baseline::parse(&text_of(&path)?)
        .map_err(|why| Stop::usage(format!("{}: {why}", path.display())))?;
    let report = verdicts(&args.report)?;
    let mut out = console.out();
    let mut found = Vec::new();
    for (rule, scenario) in unexpected(&baseline, &report) {
        writeln!(out, "broken, and not in the baseline: {rule} in {scenario}")?;
        found.push(Exit::Violated);
    }
    for (rule, scenario) in gone(&baseline, &report) {
        writeln!(out, "in the baseline, and not broken: {rule} in {scenario}")?;
        found.push(Exit::Baseline);
    }
    if let Some(other) = &args.same_as {
        for line in differences(&report, &verdicts(other)?) {
            writeln!(out, "differs between the runs: {line}")?;
            found.push(Exit::Baseline);
        }
    }
    if found.is_empty() {
        let known = baseline.expected.iter();
        let number: usize = known.map(|entry| entry.scenarios.len()).sum();
        writeln!(
            out,
            "known failures: {number}, all of them there and no other"
        )?;
    }
    let first = Exit::ALL.into_iter().find(|exit| found.contains(exit));
    Ok(first.unwrap_or(Exit::Ok))
}

/// The file that is named, or `expected.json` beside the target's file.
fn baseline_path(args: &BaselineCheckArgs) -> Result<PathBuf, Stop> {
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

/// The verdicts of a JSON report. A report of a run that did not get to judging says nothing and is refused.
fn verdicts(path: &Path) -> Result<Verdicts, Stop> {
    let wrong = |what: &str| Stop::usage(format!("{}: {what}", path.display()));
    let report: Value =
        serde_json::from_str(&text_of(path)?).map_err(|_| wrong("it is no JSON report"))?;
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

fn is_broken(outcome: &str) -> bool {
    matches!(outcome, "violated" | "baselined")
}

fn is_expected(baseline: &Baseline, rule: &str, scenario: &str) -> bool {
    let mut entries = baseline.expected.iter();
    entries.any(|entry| entry.rule == rule && entry.scenarios.iter().any(|known| known == scenario))
}

fn unexpected<'v>(baseline: &Baseline, verdicts: &'v Verdicts) -> Vec<&'v (String, String)> {
    let broken = verdicts.iter().filter(|(_, outcome)| is_broken(outcome));
    broken
        .map(|(place, _)| place)
        .filter(|(rule, scenario)| !is_expected(baseline, rule, scenario))
        .collect()
}

fn gone(baseline: &Baseline, verdicts: &Verdicts) -> Vec<(String, String)> {
    let expected = baseline.expected.iter().flat_map(|entry| {
        let scenarios = entry.scenarios.iter();
        scenarios.map(|scenario| (entry.rule.clone(), scenario.clone()))
    });
    expected
        .filter(|place| {
            !verdicts
                .get(place)
                .is_some_and(|outcome| is_broken(outcome))
        })
        .collect()
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

    fn verdict(rule: &str, scenario: &str, outcome: &str) -> ((String, String), String) {
        ((rule.to_owned(), scenario.to_owned()), outcome.to_owned())
    }

    fn baseline() -> Baseline {
        let text = r#"{ "target": "t", "expected": [
            { "rule": "RPIL-2-18", "scenarios": ["method/post"], "reason": "POST is refused" } ] }"#;
        Baseline::parse(text).unwrap()
    }

    #[test]
    fn a_failure_that_is_not_known_and_a_known_one_that_is_gone_are_told() {
        let verdicts = Verdicts::from([
            verdict("RPIL-2-18", "method/post", "kept"),
            verdict("RPIL-3-04", "redirect/sub-path", "violated"),
        ]);
        let place = |rule: &str, scenario: &str| (rule.to_owned(), scenario.to_owned());
        assert_eq!(
            unexpected(&baseline(), &verdicts),
            [&place("RPIL-3-04", "redirect/sub-path")]
        );
        assert_eq!(
            gone(&baseline(), &verdicts),
            [place("RPIL-2-18", "method/post")]
        );
    }

    #[test]
    fn known_failures_are_in_order() {
        let verdicts = Verdicts::from([verdict("RPIL-2-18", "method/post", "violated")]);
        assert!(unexpected(&baseline(), &verdicts).is_empty());
        assert!(gone(&baseline(), &verdicts).is_empty());
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

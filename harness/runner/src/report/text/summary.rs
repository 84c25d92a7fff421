//! What stands under the failures: differences, what was not decided, what did not apply, and the sums.

use super::super::shown::{self, count, line};
use super::style::{BAD, DIM, GOOD, WARNING};
use signoff_engine::report::{DriftKind, Exit, Partition, RunReport};
use signoff_rules::catalogue;
use signoff_scenarios::generated::DIMENSIONS;
use std::io::{self, Write};

/// What differs from the snapshots, with the difference.
pub(super) fn differences(out: &mut impl Write, report: &RunReport) -> io::Result<()> {
    for drift in &report.drift {
        let what = match drift.kind {
            DriftKind::Changed => "behaviour differs from its snapshot",
            DriftKind::New => "no snapshot yet",
            DriftKind::Orphan => "a snapshot without a scenario",
            DriftKind::Pending => "a change waits for review: signoff snap review",
        };
        let scenario = line(&drift.scenario);
        writeln!(out, "  {WARNING}DRIFT {WARNING:#} {scenario:<54} {what}")?;
        for text in drift.diff.lines() {
            let style = match text.as_bytes().first() {
                Some(b'-') => BAD,
                Some(b'+') => GOOD,
                _ => DIM,
            };
            writeln!(out, "         {style}{}{style:#}", line(text))?;
        }
    }
    Ok(())
}

/// Rules that speak of some case and were decided in none.
pub(super) fn undecided(out: &mut impl Write, report: &RunReport) -> io::Result<()> {
    for (rule, why) in &report.undecided_rules {
        writeln!(
            out,
            "  {WARNING}UNDECIDED{WARNING:#} {rule:<11} in no case: {}",
            line(why)
        )?;
    }
    Ok(())
}

/// Rules and cases that this target gives no occasion for, by reason. What the catalogue says of a rule on
/// any target is told by its word alone; `signoff explain` has the rest.
pub(super) fn not_applicable(out: &mut impl Write, report: &RunReport) -> io::Result<()> {
    let rules = by_reason(report.not_applicable.iter().map(|rule| {
        let known = catalogue::find(rule.rule).filter(|known| !known.is_judged());
        let reason = known.map_or_else(|| without_cases(&rule.reason), |known| known.status());
        (reason, rule.rule)
    }));
    for (reason, rules) in rules {
        let (number, ids, reason) = (rules.len(), rules.join(", "), line(reason));
        if number > 3 {
            writeln!(
                out,
                "  {DIM}not applicable  {number} rules, {reason}: {ids}{DIM:#}"
            )?;
        } else {
            writeln!(out, "  {DIM}not applicable  {ids}: {reason}{DIM:#}")?;
        }
    }
    let cases = by_reason(report.cases.iter().filter_map(|case| {
        let reason = case.not_applicable.as_deref()?;
        Some((reason, case.scenario.as_str()))
    }));
    for (reason, cases) in cases {
        let number = shown::counted(cases.len(), "case");
        writeln!(
            out,
            "  {DIM}not applicable  {number}: {}{DIM:#}",
            line(reason)
        )?;
    }
    Ok(())
}

/// The reason without the cases that were left out, which are told for themselves.
fn without_cases(reason: &str) -> &str {
    reason
        .split_once("; left out: ")
        .map_or(reason, |(reason, _)| reason)
}

/// Items with the same reason together, in the order of the first of each.
fn by_reason<'t>(items: impl Iterator<Item = (&'t str, &'t str)>) -> Vec<(&'t str, Vec<&'t str>)> {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for (reason, item) in items {
        match groups.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, items)) => items.push(item),
            None => groups.push((reason, vec![item])),
        }
    }
    groups
}

/// What the generated cases covered, cost and found.
pub(super) fn generated(out: &mut impl Write, report: &RunReport, brief: bool) -> io::Result<()> {
    let Some(generated) = &report.generated else {
        return Ok(());
    };
    let share = 100 * generated.pairs_covered / generated.pairs_feasible.max(1);
    writeln!(
        out,
        "generated: {} · seed {} · pairs {} of {} ({share} %) · rules decided {} · kept {} · known {} · undecided {} · defects {} · {}",
        counted_long(generated.cases),
        generated.seed,
        count(generated.pairs_covered),
        count(generated.pairs_feasible),
        generated.rules.len(),
        long(generated.kept),
        long(generated.known),
        long(generated.undecided),
        generated.findings.len(),
        shown::duration(generated.duration_ms),
    )?;
    if let Some(why) = &generated.stopped {
        writeln!(out, "  {WARNING}stopped{WARNING:#}  {}", line(why))?;
    }
    for flaky in &generated.flaky {
        writeln!(
            out,
            "  {WARNING}FLAKY{WARNING:#}  {} in case {}: broken in {} of {} plays; no finding",
            flaky.rule, flaky.index, flaky.broken, flaky.played
        )?;
    }
    for (why, number) in &generated.errors {
        writeln!(
            out,
            "  {WARNING}not played{WARNING:#}  {}: {}",
            counted_long(*number),
            line(why)
        )?;
    }
    if brief {
        return Ok(());
    }
    let cases = generated.cases.max(1);
    writeln!(
        out,
        "  {DIM}cost            {} exchanges and {} sign-ins a case, controls and shrinking included{DIM:#}",
        per_case(generated.requests, cases),
        per_case(generated.sign_ins, cases),
    )?;
    let (moves, classes): (Vec<&String>, Vec<&String>) = generated
        .classes
        .keys()
        .partition(|name| name.starts_with("move "));
    let known: usize = DIMENSIONS.iter().map(|d| d.classes.len() - 1).sum();
    writeln!(
        out,
        "  {DIM}exercised       {} of {known} classes of difference, {} moves of sequences; the JSON report counts each, and each rule{DIM:#}",
        classes.len(),
        moves.len(),
    )?;
    for (reason, number) in &generated.pairs_infeasible {
        writeln!(
            out,
            "  {DIM}infeasible      {number} pairs: {reason}{DIM:#}"
        )?;
    }
    for (reason, number) in &generated.not_applicable {
        writeln!(
            out,
            "  {DIM}not applicable  {} generated: {}{DIM:#}",
            counted_long(*number),
            line(reason)
        )?;
    }
    let (shown_first, rest) = generated
        .pairs_missing
        .split_at(generated.pairs_missing.len().min(5));
    for pair in shown_first {
        writeln!(out, "  {DIM}not covered     {}{DIM:#}", line(pair))?;
    }
    if !rest.is_empty() {
        let missing = generated.pairs_feasible - generated.pairs_covered - shown_first.len();
        writeln!(
            out,
            "  {DIM}not covered     {} more pairs{DIM:#}",
            count(missing)
        )?;
    }
    Ok(())
}

fn long(number: u64) -> String {
    count(usize::try_from(number).unwrap_or(usize::MAX))
}

fn counted_long(number: u64) -> String {
    shown::counted(usize::try_from(number).unwrap_or(usize::MAX), "case")
}

/// Tenths, without floating point.
fn per_case(number: usize, cases: u64) -> String {
    let tenths = u64::try_from(number).unwrap_or(u64::MAX).saturating_mul(10) / cases;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// Cases that did not go the same way when they were repeated.
pub(super) fn flaky(out: &mut impl Write, report: &RunReport) -> io::Result<()> {
    for flaky in &report.flaky {
        writeln!(
            out,
            "  {WARNING}FLAKY{WARNING:#}  {}: {}",
            line(&flaky.scenario),
            shown::flaky(flaky),
        )?;
    }
    Ok(())
}

/// Of what this is a part.
pub(super) fn part(out: &mut impl Write, report: &RunReport) -> io::Result<()> {
    let Some(part) = &report.part else {
        return Ok(());
    };
    let Partition { number, of } = part.partition;
    writeln!(
        out,
        "part {number} of {of}: what only all parts tell is said by `signoff merge` with the JSON reports of all {of}"
    )
}

/// What the run has cost its target.
pub(super) fn cost(out: &mut impl Write, report: &RunReport) -> io::Result<()> {
    let sums = &report.summary;
    writeln!(
        out,
        "used: {} · {} · {}",
        shown::counted(sums.requests, "request"),
        shown::counted(sums.sign_ins, "sign-in"),
        shown::duration(sums.duration_ms),
    )
}

/// The sums and the exit code, with every other one that applies.
pub(super) fn last_line(out: &mut impl Write, report: &RunReport) -> io::Result<()> {
    let sums = &report.summary;
    let baselined = match sums.baselined {
        0 => String::new(),
        number => format!(" · baselined {}", count(number)),
    };
    let exits = report.exits();
    let style = if exits == [Exit::Ok] { GOOD } else { BAD };
    writeln!(
        out,
        "{} · judgements: broken {} · known {} ({} MUST){baselined} · stale {} · undecided {} · kept {} · drift {} · {}     {style}{}{style:#}",
        shown::counted(sums.cases, "case"),
        count(sums.violated),
        count(sums.known),
        count(sums.known_must),
        count(sums.stale),
        count(sums.undecided),
        count(sums.kept),
        count(sums.drift),
        shown::duration(sums.duration_ms),
        exit_words(&exits),
    )
}

/// `exit 1 (a rule was broken; also 6: snapshot drift)`.
fn exit_words(exits: &[Exit]) -> String {
    let first = exits.first().copied().unwrap_or(Exit::Ok);
    let mut words = vec![first.describe().to_owned()];
    let others = exits.iter().skip(1);
    words.extend(others.map(|exit| format!("also {}: {}", exit.code(), exit.describe())));
    format!("exit {} ({})", first.code(), words.join("; "))
}

//! The differences of two runs, for people.

use super::shown::{count, counted, cut, line};
use super::text::style::{BAD, DIM, GOOD, STRONG, WARNING};
use signoff_engine::difference::{Differences, Side};
use signoff_rules::catalogue;
use std::io::{self, Write};

/// How many cases of a difference are named unless all are asked for.
const NAMED: usize = 3;
/// What a target answered is cut to this.
const LONGEST: usize = 400;

/// Writes them: what the rules say first, then what the targets did, then what could not be compared.
pub fn write_differences(
    out: &mut impl Write,
    found: &Differences,
    all_cases: bool,
) -> io::Result<()> {
    writeln!(out, "{STRONG}A{STRONG:#}  {}", side(&found.a))?;
    writeln!(out, "{STRONG}B{STRONG:#}  {}", side(&found.b))?;
    let places = |scenarios: &[String]| places(scenarios, all_cases);
    if !found.verdicts.is_empty() {
        writeln!(out, "{STRONG}verdicts{STRONG:#}")?;
    }
    for verdict in &found.verdicts {
        let level = catalogue::find(verdict.rule).map_or("", |rule| rule.level.as_str());
        writeln!(
            out,
            "  {BAD}{:<11}{BAD:#} {STRONG}{:<33}{STRONG:#} {level:<9} {} → {}   {}",
            verdict.rule,
            verdict.name,
            verdict.a.word(),
            verdict.b.word(),
            places(&verdict.scenarios),
        )?;
        for (letter, seen) in [("A", &verdict.seen_a), ("B", &verdict.seen_b)] {
            if let Some(seen) = seen {
                writeln!(out, "         {DIM}{letter}{DIM:#}  {}", cut(seen, LONGEST))?;
            }
        }
    }
    if !found.behaviour.is_empty() {
        writeln!(out, "{STRONG}behaviour{STRONG:#}")?;
    }
    for difference in &found.behaviour {
        writeln!(out, "  {}", places(&difference.scenarios))?;
        for text in &difference.only_a {
            writeln!(out, "         {BAD}A  {}{BAD:#}", cut(text, LONGEST))?;
        }
        for text in &difference.only_b {
            writeln!(out, "         {GOOD}B  {}{GOOD:#}", cut(text, LONGEST))?;
        }
    }
    for unplayed in &found.unplayed {
        writeln!(
            out,
            "  {DIM}not compared    {} cannot: {}: {}{DIM:#}",
            unplayed.by.to_ascii_uppercase(),
            line(&unplayed.reason),
            places(&unplayed.scenarios),
        )?;
    }
    for (letter, side) in [("A", &found.a), ("B", &found.b)] {
        if let Some(why) = &side.unreachable {
            writeln!(out, "  {WARNING}ERROR{WARNING:#}  {letter}: {}", line(why))?;
        }
    }
    writeln!(
        out,
        "{} on both · alike {} · verdicts that differ {} · differences of behaviour {}",
        counted(found.compared, "case"),
        count(found.alike),
        count(found.verdicts.len()),
        count(found.behaviour.len()),
    )
}

fn side(side: &Side) -> String {
    let edition = side.edition.as_ref();
    let edition = edition.map_or_else(String::new, |edition| format!(" ({edition})"));
    let faults = if side.faults.is_empty() {
        String::new()
    } else {
        format!(" · faults {}", side.faults.join(", "))
    };
    format!("{} · {}{edition}{faults}", line(&side.target), side.dialect)
}

fn places(scenarios: &[String], all: bool) -> String {
    let named = if all { scenarios.len() } else { NAMED };
    let first: Vec<&str> = scenarios.iter().take(named).map(String::as_str).collect();
    let more = scenarios.len().saturating_sub(named);
    let rest = if more > 0 {
        format!(" and {} more", count(more))
    } else {
        String::new()
    };
    format!(
        "{}: {}{rest}",
        counted(scenarios.len(), "case"),
        line(&first.join(", "))
    )
}

//! `signoff selftest`: every fault of the mock against every scenario, in memory, and what the rules said of it.

use crate::args::SelftestArgs;
use crate::console::Console;
use crate::stop::Stop;
use rayon::prelude::*;
use serde_json::json;
use signoff_runner::embedded::kill::{self, Hands, Row};
use signoff_runner::embedded::{DIALECTS, defects, dialect, selftest, variations};
use signoff_runner::engine::{Exit, Outcome};
use std::io::{self, Write};

pub(crate) fn selftest(args: &SelftestArgs, console: Console) -> Result<Exit, Stop> {
    if args.variations {
        return variations(args, console);
    }
    let ids = match &args.dialect {
        Some(id) if dialect(id).is_none() => {
            return Err(Stop::unknown("dialect", id, DIALECTS.iter().copied()));
        }
        Some(id) => vec![id.as_str()],
        None => DIALECTS.to_vec(),
    };
    let dialects: Vec<_> = ids.iter().copied().filter_map(dialect).collect();
    let matrices = kill::matrices(&dialects, args.seed, &Threads).map_err(Stop::defect)?;
    let rows: Vec<&Row> = matrices.iter().flat_map(|matrix| &matrix.rows).collect();
    // With one dialect alone, rules of another product are not to be missed.
    let unbroken = match args.dialect {
        Some(_) => Vec::new(),
        None => selftest::unbroken(&matrices),
    };
    let failed = rows
        .iter()
        .filter(|row| !selftest::complaints(row).is_empty())
        .count();
    let mut out = console.out();
    if args.json {
        let value = json!({
            "faults": rows.iter().map(|row| selftest::as_json(row)).collect::<Vec<_>>(),
            "unbroken": unbroken,
            "unproven": selftest::UNPROVEN.iter().map(|(rule, why)| json!({ "rule": rule, "reason": why })).collect::<Vec<_>>(),
            "absent": defects::ABSENT.iter().map(|(defect, what, why)| json!({ "defect": defect, "what": what.word(), "reason": why })).collect::<Vec<_>>(),
        });
        serde_json::to_writer_pretty(&mut out, &value).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        for row in &rows {
            tell(&mut out, row)?;
        }
        for rule in &unbroken {
            writeln!(
                out,
                "  FAIL    {rule:<28} is judged, and no fault breaks it"
            )?;
        }
        writeln!(
            out,
            "{} faults · as they say {} · not {failed} · judged rules that none breaks {} ({} known)",
            rows.len(),
            rows.len() - failed,
            unbroken.len(),
            selftest::UNPROVEN.len(),
        )?;
        writeln!(
            out,
            "{} defects of real products are listed · {} of them are no faults of the mock (--json says why)",
            defects::NAMES.len(),
            defects::ABSENT.len(),
        )?;
    }
    Ok(if failed == 0 && unbroken.is_empty() {
        Exit::Ok
    } else {
        Exit::Violated
    })
}

/// The reference in every pair of its legal variations.
fn variations(args: &SelftestArgs, console: Console) -> Result<Exit, Stop> {
    let signatures = variations::signatures();
    let rows = [variations::pairwise(), variations::apart()].concat();
    let count = rows.len();
    let played = Threads.each(rows, |row| {
        let report = variations::run(&row, args.cases, args.seed, &signatures)?;
        let kept = report.with(Outcome::Kept).count();
        let complaints = variations::complaints(&row, &report);
        Ok::<_, String>((row.describe(), kept, complaints))
    });
    let mut out = console.out();
    let mut failed = 0;
    for row in played {
        let (name, kept, complaints) = row.map_err(Stop::defect)?;
        let word = if complaints.is_empty() { "ok" } else { "FAIL" };
        writeln!(out, "  {word:<6}  kept {kept:<6} {name}")?;
        for complaint in &complaints {
            writeln!(out, "          {complaint}")?;
        }
        failed += usize::from(!complaints.is_empty());
    }
    writeln!(
        out,
        "{count} variations · each with every scenario and {} generated cases · in order {} · not {failed}",
        args.cases,
        count - failed,
    )?;
    Ok(if failed == 0 {
        Exit::Ok
    } else {
        Exit::Violated
    })
}

/// As many threads as there are cores.
struct Threads;

impl Hands for Threads {
    fn each<T, R, F>(&self, pieces: Vec<T>, work: F) -> Vec<R>
    where
        T: Send,
        R: Send,
        F: Fn(T) -> R + Sync + Send,
    {
        pieces.into_par_iter().map(work).collect()
    }
}

fn tell(out: &mut impl Write, row: &Row) -> io::Result<()> {
    let complaints = selftest::complaints(row);
    let word = if complaints.is_empty() { "ok" } else { "FAIL" };
    let broken = selftest::as_named(row).join(" ");
    let also = selftest::also(row);
    let fault = format!("{} on {}", row.fault, row.dialect);
    let beside = if also.is_empty() {
        String::new()
    } else {
        format!(" · also {}", also.join(" "))
    };
    let broken = if broken.is_empty() {
        "nothing"
    } else {
        &broken
    };
    writeln!(out, "  {word:<6}  {fault:<40} broke {broken}{beside}")?;
    for complaint in complaints {
        writeln!(out, "          {complaint}")?;
    }
    Ok(())
}

//! A line of JSON for each thing that happens, as it happens: for programs that watch a run.
//!
//! `{"event":"started",…}`, then `{"event":"case",…}` for each case, then `{"event":"finished",…}`. The members
//! of cases and judgements are those of the JSON report.

use super::Reporter;
use super::sink::Output;
use serde_json::{Value, json};
use signoff_engine::campaign::{Event, Listener};
use signoff_engine::report::Exit;
use std::io;

/// The report. Each line is handed on at once.
pub(crate) struct NdjsonReport<O> {
    out: O,
    failed: Option<io::Error>,
}

impl<O: Output> NdjsonReport<O> {
    /// A report that is written to `out`.
    pub(crate) fn new(out: O) -> Self {
        NdjsonReport { out, failed: None }
    }

    fn write(&mut self, event: &Event<'_>) -> io::Result<()> {
        serde_json::to_writer(&mut self.out, &line(event))?;
        writeln!(self.out)?;
        self.out.flush()
    }
}

impl<O: Output> Listener for NdjsonReport<O> {
    fn hear(&mut self, event: &Event<'_>) {
        if self.failed.is_none() {
            self.failed = self.write(event).err();
        }
    }
}

impl<O: Output> Reporter for NdjsonReport<O> {
    fn finish(self: Box<Self>) -> io::Result<()> {
        match self.failed {
            Some(error) => Err(error),
            None => self.out.end(),
        }
    }
}

fn line(event: &Event<'_>) -> Value {
    match event {
        Event::Started {
            target,
            dialect,
            edition,
            rules,
            not_applicable,
            seed,
            deviations,
            cases,
        } => json!({
            "event": "started",
            "tool": { "name": "signoff", "version": env!("CARGO_PKG_VERSION") },
            "target": target, "dialect": dialect, "edition": edition, "seed": seed,
            "rules": rules, "not_applicable": not_applicable, "deviations": deviations, "cases": cases,
        }),
        Event::CaseFinished {
            number,
            of,
            case,
            judgements,
        } => json!({
            "event": "case", "number": number, "of": of, "case": case, "judgements": judgements,
        }),
        Event::Searched { number, of, found } => json!({
            "event": "searched", "number": number, "of": of, "found": found,
        }),
        Event::Finished(report) => json!({
            "event": "finished",
            "generated": report.generated,
            "exit_code": report.exit().code(),
            "exit_codes": report.exits().into_iter().map(Exit::code).collect::<Vec<_>>(),
            "summary": report.summary,
            "unreachable": report.unreachable,
            "undecided_rules": report.undecided_rules,
            "not_applicable": report.not_applicable,
            "drift": report.drift,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{case, judgement, run};
    use signoff_engine::report::Outcome;

    #[test]
    fn every_event_is_one_line_and_can_be_read_before_the_run_is_over() {
        let mut out = Vec::new();
        let broken = judgement(Outcome::Violated, "a");
        let report = run(vec![broken.clone()]);
        let mut ndjson = NdjsonReport::new(&mut out);
        ndjson.hear(&Event::CaseFinished {
            number: 1,
            of: 1,
            case: &case("a\nb"),
            judgements: &[broken],
        });
        ndjson.hear(&Event::Finished(&report));
        Box::new(ndjson).finish().expect("written");
        let text = String::from_utf8(out).expect("UTF-8");
        let lines: Vec<Value> = text
            .lines()
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect();
        assert_eq!(lines.len(), 2, "{text}");
        assert_eq!(lines[0]["event"], "case");
        assert_eq!(lines[0]["judgements"][0]["rule"], "RPIL-3-04");
        assert_eq!(lines[1]["exit_code"], 1);
    }
}

//! The reports of runs that are over: read back, or put together from parts.

use super::sink::{Output, Sink};
use super::{
    Destination, Format, Place, Progress, ProgressMode, ReportFailed, ReportTo, Reports,
    TextOptions, html,
};
use signoff_engine::campaign::{Event, Listener};
use signoff_engine::report::{Judgement, Outcome, RunReport};
use std::io::Write;

/// Writes every wanted report of these runs. HTML has all of them on one page; text on the standard output has one after
/// the other; everything else is for one run.
///
/// `places` says of each run where its target is described; `stdout` is called for each report that goes there.
pub fn write_reports<'w>(
    wanted: &[ReportTo],
    text: TextOptions,
    runs: &[&RunReport],
    places: &[Option<Place>],
    mut stdout: impl FnMut() -> Box<dyn Write + 'w>,
) -> Result<(), ReportFailed> {
    let (pages, others): (Vec<&ReportTo>, Vec<&ReportTo>) = wanted
        .iter()
        .partition(|report| report.format == Format::Html);
    for report in pages {
        let failed = |error| ReportFailed::new(report, error);
        let mut sink = match &report.to {
            Destination::Stdout => Sink::Stream(stdout()),
            Destination::File(path) => Sink::file(path).map_err(failed)?,
        };
        html::write(&mut sink, runs).map_err(failed)?;
        sink.end().map_err(failed)?;
    }
    let others: Vec<ReportTo> = others.into_iter().cloned().collect();
    for (at, run) in runs.iter().enumerate() {
        let text = TextOptions {
            fail_on: run.fail_on,
            ..text
        };
        let place = places.get(at).and_then(Option::as_ref);
        let silent = Progress::on_stderr(ProgressMode::None, false, Box::new(std::io::sink()));
        let mut reports = Reports::open(&others, text, place, silent, &mut stdout)?;
        tell(&mut reports, run);
        reports.finish(run)?;
    }
    Ok(())
}

/// Tells a listener what it would have heard while the run went.
fn tell(listener: &mut dyn Listener, run: &RunReport) {
    let cases = run.cases.len();
    listener.hear(&Event::Started {
        target: &run.target,
        dialect: &run.dialect,
        edition: run.edition.as_deref(),
        rules: run.rules,
        not_applicable: run.selected.saturating_sub(run.rules),
        seed: run.seed,
        deviations: run.deviations,
        cases,
    });
    for (at, case) in run.cases.iter().enumerate() {
        let judgements: Vec<Judgement> = run
            .judgements
            .iter()
            .filter(|judgement| {
                judgement.scenario == case.scenario && judgement.outcome != Outcome::Stale
            })
            .cloned()
            .collect();
        listener.hear(&Event::CaseFinished {
            number: at + 1,
            of: cases,
            case,
            judgements: &judgements,
        });
    }
    listener.hear(&Event::Finished(run));
}

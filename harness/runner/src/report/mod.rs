//! Reports: one file a format. A format listens to the events of a run and writes; the run does not know
//! which formats there are.

mod at_end;
pub mod destination;
mod difference;
mod findings;
#[cfg(test)]
mod fixture;
mod html;
mod json;
mod junit;
mod markdown;
mod ndjson;
mod of_finished;
pub mod progress;
mod sarif;
mod shown;
mod sink;
pub mod text;

pub use destination::{Destination, Format, ReportTo, WrongReport};
pub use difference::write_differences;
pub use of_finished::write_reports;
pub use progress::{Progress, ProgressMode};
pub use sarif::Place;
pub use sink::Output;
pub use text::{TextOptions, TextReport};

use at_end::AtEnd;
use signoff_engine::campaign::{Event, Listener};
use signoff_engine::report::{Outcome, RunReport};
use sink::Sink;
use std::fmt;
use std::io::{self, Write};

/// The report that the text of a JSON report holds. The error says what is wrong with it.
pub fn read_report(json: &str) -> Result<RunReport, String> {
    json::read(json)
}

/// A listener that writes, and knows at the end whether that went well.
pub trait Reporter: Listener {
    /// Ends the report. The error is that of the first write that failed.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// All reports of a run, and the progress beside them.
pub struct Reports<'w> {
    reporters: Vec<(String, Box<dyn Reporter + 'w>)>,
    progress: Progress<'w>,
    finished: bool,
}

impl<'w> Reports<'w> {
    /// Opens every file at once, so that a path that cannot be written is known before the first request.
    ///
    /// `stdout` is called for each report that goes there. `place` is where the target is described.
    pub fn open(
        wanted: &[ReportTo],
        text: TextOptions,
        place: Option<&Place>,
        progress: Progress<'w>,
        mut stdout: impl FnMut() -> Box<dyn Write + 'w>,
    ) -> Result<Self, ReportFailed> {
        let mut reporters = Vec::new();
        for report in wanted {
            let sink = match &report.to {
                Destination::Stdout => Sink::Stream(stdout()),
                Destination::File(path) => {
                    Sink::file(path).map_err(|error| ReportFailed::new(report, error))?
                }
            };
            reporters.push((
                report.to_string(),
                reporter(report.format, sink, text, place),
            ));
        }
        Ok(Reports {
            reporters,
            progress,
            finished: false,
        })
    }

    /// Ends all of them. The first failure is told; the others are still ended. A run that was over before
    /// it began told nobody so; the reports learn it here.
    pub fn finish(mut self, report: &RunReport) -> Result<(), ReportFailed> {
        if !self.finished {
            self.hear(&Event::Finished(report));
        }
        let Reports {
            reporters,
            progress,
            ..
        } = self;
        progress.clear();
        let mut result = Ok(());
        for (report, reporter) in reporters {
            if let Err(error) = reporter.finish()
                && result.is_ok()
            {
                result = Err(ReportFailed { report, error });
            }
        }
        result
    }
}

impl Listener for Reports<'_> {
    fn hear(&mut self, event: &Event<'_>) {
        let Reports {
            reporters,
            progress,
            finished,
        } = self;
        *finished |= matches!(event, Event::Finished(_));
        let mut tell = || {
            for (_, reporter) in reporters.iter_mut() {
                reporter.hear(event);
            }
        };
        // A bar on the same terminal would be torn by lines written under it, and flickers when it makes way.
        if is_uneventful(event) {
            tell();
        } else {
            progress.aside(tell);
        }
        progress.hear(event);
    }
}

fn reporter<'w>(
    format: Format,
    sink: Sink<'w>,
    text: TextOptions,
    place: Option<&Place>,
) -> Box<dyn Reporter + 'w> {
    match format {
        Format::Text => Box::new(TextReport::new(sink.for_text(), text)),
        Format::Json => Box::new(AtEnd::new(sink, json::write)),
        Format::Ndjson => Box::new(ndjson::NdjsonReport::new(sink)),
        Format::Junit => Box::new(AtEnd::new(sink, junit::write)),
        Format::Sarif => {
            let place = place.cloned();
            Box::new(AtEnd::new(sink, move |out, report| {
                sarif::write(out, report, place.as_ref())
            }))
        }
        Format::Markdown => Box::new(AtEnd::new(sink, markdown::write)),
        Format::Html => Box::new(AtEnd::new(sink, |out, report| html::write(out, &[report]))),
    }
}

/// A case of which no report has anything to say before the end.
fn is_uneventful(event: &Event<'_>) -> bool {
    let Event::CaseFinished {
        case, judgements, ..
    } = event
    else {
        return false;
    };
    case.error.is_none() && judgements.iter().all(|j| j.outcome != Outcome::Violated)
}

/// A report that could not be written.
#[derive(Debug)]
pub struct ReportFailed {
    /// The report, as it was asked for.
    pub report: String,
    /// Why.
    pub error: io::Error,
}

impl ReportFailed {
    fn new(report: &ReportTo, error: io::Error) -> Self {
        ReportFailed {
            report: report.to_string(),
            error,
        }
    }
}

impl fmt::Display for ReportFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the report {} cannot be written: {}",
            self.report, self.error
        )
    }
}

impl std::error::Error for ReportFailed {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

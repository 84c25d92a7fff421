//! Formats of which nothing is written before the run is over.

use super::Reporter;
use super::sink::Output;
use signoff_engine::campaign::{Event, Listener};
use signoff_engine::report::RunReport;
use std::io;

/// A report that is written in one go at the end, by a function of the run.
pub(crate) struct AtEnd<O, F> {
    out: O,
    write: F,
    failed: Option<io::Error>,
}

impl<O, F> AtEnd<O, F>
where
    O: Output,
    F: FnMut(&mut O, &RunReport) -> io::Result<()>,
{
    /// A report that `write` writes to `out`.
    pub(crate) fn new(out: O, write: F) -> Self {
        AtEnd {
            out,
            write,
            failed: None,
        }
    }
}

impl<O, F> Listener for AtEnd<O, F>
where
    O: Output,
    F: FnMut(&mut O, &RunReport) -> io::Result<()>,
{
    fn hear(&mut self, event: &Event<'_>) {
        if let Event::Finished(report) = event {
            self.failed = (self.write)(&mut self.out, report).err();
        }
    }
}

impl<O, F> Reporter for AtEnd<O, F>
where
    O: Output,
    F: FnMut(&mut O, &RunReport) -> io::Result<()>,
{
    fn finish(self: Box<Self>) -> io::Result<()> {
        match self.failed {
            Some(error) => Err(error),
            None => self.out.end(),
        }
    }
}

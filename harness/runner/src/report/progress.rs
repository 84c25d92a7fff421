//! How far a run is, on a stream of its own beside the reports.

use super::shown::count;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use signoff_engine::campaign::{Event, Listener};
use std::io::Write;

/// `--show-progress`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ProgressMode {
    /// A bar on a terminal, lines elsewhere.
    #[default]
    Auto,
    /// A bar.
    Bar,
    /// A line each tenth of the way.
    Plain,
    /// Nothing.
    None,
}

/// Shows how far the run is. What cannot be shown is not: progress never makes a run fail.
pub struct Progress<'w>(Shown<'w>);

enum Shown<'w> {
    Nothing,
    Bar(ProgressBar),
    Lines {
        out: Box<dyn Write + 'w>,
        tenths: usize,
    },
}

impl<'w> Progress<'w> {
    /// No progress.
    pub fn none() -> Self {
        Progress(Shown::Nothing)
    }

    /// Progress on the standard error, which is `terminal` or not; lines go to `out`.
    pub fn on_stderr(mode: ProgressMode, terminal: bool, out: Box<dyn Write + 'w>) -> Self {
        match mode {
            ProgressMode::None => Progress::none(),
            ProgressMode::Bar => Progress::bar(),
            ProgressMode::Auto if terminal => Progress::bar(),
            ProgressMode::Auto | ProgressMode::Plain => Progress(Shown::Lines { out, tenths: 0 }),
        }
    }

    fn bar() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template("{pos}/{len} {bar:30} {wide_msg}");
        Progress(Shown::Bar(match style {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        }))
    }

    /// Does something that writes to the terminal while the bar is out of the way.
    pub(super) fn aside(&self, write: impl FnOnce()) {
        match &self.0 {
            Shown::Bar(bar) => bar.suspend(write),
            _ => write(),
        }
    }

    /// Takes the bar away.
    pub(super) fn clear(self) {
        if let Shown::Bar(bar) = self.0 {
            bar.finish_and_clear();
        }
    }
}

impl Listener for Progress<'_> {
    fn hear(&mut self, event: &Event<'_>) {
        match (&mut self.0, event) {
            (Shown::Bar(bar), Event::Started { cases, .. }) => bar.set_length(*cases as u64),
            (Shown::Bar(bar), Event::CaseFinished { number, case, .. }) => {
                bar.set_message(case.scenario.clone());
                bar.set_position(*number as u64);
            }
            (Shown::Lines { out, tenths }, Event::CaseFinished { number, of, .. }) => {
                let reached = number * 10 / (*of).max(1);
                if reached > *tenths {
                    *tenths = reached;
                    let _ = writeln!(out, "{} of {} cases", count(*number), count(*of));
                    let _ = out.flush();
                }
            }
            (Shown::Bar(bar), Event::Searched { number, of, found }) => {
                bar.set_length(*of);
                bar.set_message(format!("generated, {found} found"));
                bar.set_position(*number);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::case;

    fn lines(mode: ProgressMode, of: usize) -> String {
        let mut out = Vec::new();
        let mut progress = Progress::on_stderr(mode, false, Box::new(&mut out));
        let case = case("hint/valid");
        for number in 1..=of {
            progress.hear(&Event::CaseFinished {
                number,
                of,
                case: &case,
                judgements: &[],
            });
        }
        drop(progress);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn without_a_terminal_there_is_a_line_for_each_tenth() {
        let text = lines(ProgressMode::Auto, 1000);
        assert_eq!(text.lines().count(), 10);
        assert!(text.starts_with("100 of 1,000 cases\n"));
        assert!(text.ends_with("1,000 of 1,000 cases\n"));
    }

    #[test]
    fn few_cases_make_no_more_lines_than_cases() {
        assert_eq!(lines(ProgressMode::Plain, 3).lines().count(), 3);
        assert_eq!(lines(ProgressMode::None, 3), "");
    }
}

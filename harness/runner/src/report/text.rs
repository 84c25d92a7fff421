//! The report for people: a header before the first request, failures where they happen, the rest and one
//! line with the sums and the exit code at the end.

pub(super) mod style;
mod summary;

use super::Reporter;
use super::findings::{Finding, Mark, references};
use super::shown::{self, count, cut, line};
use super::sink::Output;
use signoff_engine::campaign::{Event, Listener};
use signoff_engine::causes::causes;
use signoff_engine::report::{CaseReport, FailOn, Judgement, Outcome, RunReport};
use signoff_rules::{Rule, catalogue};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use style::{BAD, DIM, STRONG, WARNING};

/// A command that repeats a request can carry thousands of characters; the JSON report has all of them.
const LONGEST_COMMAND: usize = 400;

/// What was received, where it is told beside a finding that was told in full.
const LONGEST_RECEIVED: usize = 120;

/// What a failure looks like: which rules were broken, and what was received.
type Looks = (Vec<&'static str>, Option<String>);

/// How much is written.
#[derive(Debug, Clone, Copy, Default)]
pub struct TextOptions {
    /// What makes the run fail: the rest of what is broken is a warning.
    pub fail_on: FailOn,
    /// Repeat the failures at the end, where a reader of a long log looks first.
    pub repeat_failures: bool,
    /// Only failures and the last line.
    pub quiet: bool,
}

/// The text report.
pub struct TextReport<O> {
    out: O,
    options: TextOptions,
    /// What was told, by the rule under which it was. The first of each
    /// is told in full, what differs from it in a line, what does not is counted at the end.
    told: BTreeMap<&'static str, BTreeSet<Looks>>,
    failed: Option<io::Error>,
}

impl<O: Output> TextReport<O> {
    /// A report that is written to `out`, with styles; a writer that is no terminal takes them out.
    pub fn new(out: O, options: TextOptions) -> Self {
        TextReport {
            out,
            options,
            told: BTreeMap::new(),
            failed: None,
        }
    }

    fn write(&mut self, event: &Event<'_>) -> io::Result<()> {
        match event {
            Event::Started { .. } if self.options.quiet => Ok(()),
            Event::Started {
                target,
                edition,
                rules,
                not_applicable,
                seed,
                deviations,
                ..
            } => {
                let edition = edition.map_or(String::new(), |edition| format!(" ({edition})"));
                writeln!(
                    self.out,
                    "{STRONG}signoff {}{STRONG:#} · target {}{edition} · {}, {} not applicable · seed {seed} · baseline {} known",
                    env!("CARGO_PKG_VERSION"),
                    line(target),
                    shown::counted(*rules, "rule"),
                    count(*not_applicable),
                    count(*deviations),
                )?;
                self.out.flush()
            }
            Event::CaseFinished {
                case, judgements, ..
            } => self.case(case, judgements),
            Event::Searched { .. } => Ok(()),
            Event::Finished(report) => self.end(report),
        }
    }

    fn case(&mut self, case: &CaseReport, judgements: &[Judgement]) -> io::Result<()> {
        if let Some(error) = &case.error {
            writeln!(
                self.out,
                "  {BAD}ERROR{BAD:#}  {}   {}",
                line(&case.scenario),
                cut(error, LONGEST_COMMAND)
            )?;
        }
        let is_broken = |judgement: &&Judgement| judgement.outcome == Outcome::Violated;
        let broken: Vec<&Judgement> = judgements.iter().filter(is_broken).collect();
        for cause in causes(&broken) {
            let judgement = broken[cause.judgements[0]];
            let Some(mark) = Mark::of(judgement, self.options.fail_on) else {
                continue;
            };
            let rules: Vec<&'static str> = std::iter::once(cause.lead).chain(cause.also).collect();
            let also: Vec<&Rule> = rules[1..]
                .iter()
                .filter_map(|id| catalogue::find(id))
                .collect();
            let scenario = line(&case.scenario);
            let known = self.told.entry(cause.lead).or_default();
            let is_first = known.is_empty();
            if !known.insert((rules, judgement.actual.clone())) {
                continue;
            }
            if is_first {
                self.finding(mark, judgement, &references(&also), Some(case), &scenario)?;
            } else {
                let actual = judgement.actual.as_deref().unwrap_or_default();
                let place = format!("{scenario:<46} {}", cut(actual, LONGEST_RECEIVED));
                self.head(mark, judgement, &place, "")?;
            }
        }
        self.out.flush()
    }

    /// One failure in full, always in this order: expected, received, spec, what else it breaks, repeat.
    fn finding(
        &mut self,
        mark: Mark,
        judgement: &Judgement,
        also: &[String],
        case: Option<&CaseReport>,
        place: &str,
    ) -> io::Result<()> {
        let time = case
            .filter(|case| case.duration_ms > 0)
            .map_or(String::new(), |case| shown::duration(case.duration_ms));
        self.head(mark, judgement, place, &time)?;
        let label = |first: bool| if first { "expected" } else { "      or" };
        for (at, expected) in judgement.expected.iter().enumerate() {
            self.detail(label(at == 0), &line(expected))?;
        }
        if let Some(actual) = &judgement.actual {
            self.detail("received", &cut(actual, 2 * LONGEST_COMMAND))?;
        }
        if let Some(reason) = judgement.reason.as_ref().filter(|_| mark == Mark::Stale) {
            self.detail("reason", &line(reason))?;
        }
        let spec = format!(
            "{} · signoff explain {}",
            line(&judgement.source),
            judgement.rule
        );
        self.detail("spec", &spec)?;
        if !also.is_empty() {
            self.detail("also", &also.join("; "))?;
        }
        let curl = case
            .and_then(|case| case.curl.as_ref())
            .map_or(String::new(), |curl| {
                format!(" · {}", cut(curl, LONGEST_COMMAND))
            });
        self.detail("repeat", &format!("{}{curl}", line(&judgement.repeat)))
    }

    fn head(
        &mut self,
        mark: Mark,
        judgement: &Judgement,
        place: &str,
        time: &str,
    ) -> io::Result<()> {
        let (style, word) = (look(mark), mark.word());
        let (rule, name) = (judgement.rule, judgement.name);
        let end = format!("{place:<46} {time:>6}");
        writeln!(
            self.out,
            "  {style}{word:<6}{style:#} {rule:<11} {STRONG}{name:<33}{STRONG:#} {}",
            end.trim_end()
        )
    }

    fn detail(&mut self, label: &str, text: &str) -> io::Result<()> {
        writeln!(self.out, "         {DIM}{label:<8}{DIM:#}   {text}")
    }

    fn end(&mut self, report: &RunReport) -> io::Result<()> {
        self.groups(report)?;
        // Whether a deviation is stale is only known when all cases are done.
        for stale in report.with(Outcome::Stale) {
            self.finding(Mark::Stale, stale, &[], None, &line(&stale.scenario))?;
        }
        summary::differences(&mut self.out, report)?;
        summary::undecided(&mut self.out, report)?;
        if !self.options.quiet {
            summary::not_applicable(&mut self.out, report)?;
        }
        summary::flaky(&mut self.out, report)?;
        summary::generated(&mut self.out, report, self.options.quiet)?;
        if let Some(why) = &report.unreachable {
            writeln!(self.out, "  {BAD}ERROR{BAD:#}  {}", line(why))?;
        }
        summary::part(&mut self.out, report)?;
        if !self.options.quiet {
            summary::cost(&mut self.out, report)?;
        }
        summary::last_line(&mut self.out, report)?;
        self.out.flush()
    }

    /// Failures by cause, each once and with the number of its cases: the same defect shows in many, and breaks many
    /// sentences.
    fn groups(&mut self, report: &RunReport) -> io::Result<()> {
        let findings = Finding::failures(report);
        let repeated = self.options.repeat_failures && !findings.is_empty();
        if !repeated && !findings.iter().any(|finding| finding.judgements.len() > 1) {
            return Ok(());
        }
        let found = shown::counted(findings.len(), "finding");
        writeln!(self.out, "{STRONG}what failed: {found}{STRONG:#}")?;
        for finding in &findings {
            let place = place(finding);
            if repeated {
                let also = finding.references();
                self.finding(finding.mark, finding.first(), &also, finding.case(), &place)?;
            } else {
                self.head(finding.mark, finding.first(), &place, "")?;
                if !finding.also.is_empty() {
                    self.detail("also", &finding.references().join("; "))?;
                }
            }
        }
        Ok(())
    }
}

impl<O: Output> Listener for TextReport<O> {
    fn hear(&mut self, event: &Event<'_>) {
        if self.failed.is_none() {
            self.failed = self.write(event).err();
        }
    }
}

impl<O: Output> Reporter for TextReport<O> {
    fn finish(self: Box<Self>) -> io::Result<()> {
        match self.failed {
            Some(error) => Err(error),
            None => self.out.end(),
        }
    }
}

/// How a mark looks on a terminal.
fn look(mark: Mark) -> anstyle::Style {
    match mark {
        Mark::Fail | Mark::Stale => BAD,
        Mark::Warn => WARNING,
        Mark::Note => DIM,
    }
}

/// Where a finding shows, in one line.
fn place(finding: &Finding<'_>) -> String {
    let first = line(&finding.first().scenario);
    match finding.cases().len() {
        1 => first.into_owned(),
        more => format!("{} cases, first in {first}", count(more)),
    }
}

#[cfg(test)]
mod tests;

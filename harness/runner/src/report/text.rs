//! The report for people: a header before the first request, failures where they happen, the rest and one
//! line with the sums and the exit code at the end.

mod style;
mod summary;

use super::Reporter;
use super::shown::{self, count, cut, line};
use super::sink::Output;
use signoff_engine::campaign::{Event, Listener};
use signoff_engine::report::{CaseReport, FailOn, Judgement, Outcome, RunReport};
use signoff_oidc::spec::Severity;
use std::collections::BTreeMap;
use std::io;
use style::{BAD, DIM, STRONG, WARNING};

/// A command that repeats a request can carry thousands of characters; the JSON report has all of them.
const LONGEST_COMMAND: usize = 400;

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
    /// Failures that were told in full, by rule and by what was received, with the scenario.
    seen: BTreeMap<(&'static str, Option<String>), String>,
    failed: Option<io::Error>,
}

impl<O: Output> TextReport<O> {
    /// A report that is written to `out`, with styles; a writer that is no terminal takes them out.
    pub fn new(out: O, options: TextOptions) -> Self {
        TextReport {
            out,
            options,
            seen: BTreeMap::new(),
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
        for judgement in judgements {
            let mark = Mark::of(judgement, self.options.fail_on);
            let Some(mark) = mark.filter(|mark| *mark != Mark::Stale) else {
                continue;
            };
            let looks = (judgement.rule, judgement.actual.clone());
            let scenario = line(&case.scenario).into_owned();
            if let Some(first) = self.seen.get(&looks) {
                let place = format!("{scenario:<46} as in {first}");
                self.head(mark, judgement, &place, "")?;
            } else {
                self.finding(mark, judgement, Some(case), &scenario)?;
                self.seen.insert(looks, scenario);
            }
        }
        self.out.flush()
    }

    /// One failure in full, always in this order: expected, received, spec, repeat.
    fn finding(
        &mut self,
        mark: Mark,
        judgement: &Judgement,
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
        let (style, word) = mark.look();
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
            self.finding(Mark::Stale, stale, None, &line(&stale.scenario))?;
        }
        summary::differences(&mut self.out, report)?;
        summary::undecided(&mut self.out, report)?;
        if !self.options.quiet {
            summary::not_applicable(&mut self.out, report)?;
        }
        if let Some(why) = &report.unreachable {
            writeln!(self.out, "  {BAD}ERROR{BAD:#}  {}", line(why))?;
        }
        summary::last_line(&mut self.out, report)?;
        self.out.flush()
    }

    /// Failures by rule, each once and with their number: the same defect shows in many cases.
    fn groups(&mut self, report: &RunReport) -> io::Result<()> {
        let groups = Group::of(report, self.options.fail_on);
        let repeated = self.options.repeat_failures && !groups.is_empty();
        if !repeated && !groups.iter().any(|group| group.judgements.len() > 1) {
            return Ok(());
        }
        writeln!(self.out, "{STRONG}what failed{STRONG:#}")?;
        for group in &groups {
            let first = group.judgements[0];
            let place = group.place();
            if repeated {
                let case = report.cases.iter().find(|c| c.scenario == first.scenario);
                self.finding(group.mark, first, case, &place)?;
            } else {
                self.head(group.mark, first, &place, "")?;
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

/// What a judgement is called where it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Fail,
    Stale,
    Warn,
    Note,
}

impl Mark {
    /// Nothing for what is in order or undecided.
    fn of(judgement: &Judgement, fail_on: FailOn) -> Option<Mark> {
        match (judgement.outcome, judgement.severity) {
            (Outcome::Stale, _) => Some(Mark::Stale),
            (Outcome::Violated, Severity::Must) if fail_on.must => Some(Mark::Fail),
            (Outcome::Violated, Severity::Should) if fail_on.should => Some(Mark::Fail),
            (Outcome::Violated, Severity::Note) => Some(Mark::Note),
            (Outcome::Violated, _) => Some(Mark::Warn),
            _ => None,
        }
    }

    fn look(self) -> (anstyle::Style, &'static str) {
        match self {
            Mark::Fail => (BAD, "FAIL"),
            Mark::Stale => (BAD, "STALE"),
            Mark::Warn => (WARNING, "WARN"),
            Mark::Note => (DIM, "NOTE"),
        }
    }
}

/// The failures of one rule.
struct Group<'r> {
    mark: Mark,
    judgements: Vec<&'r Judgement>,
}

impl<'r> Group<'r> {
    /// The groups in the order of their first failures.
    fn of(report: &'r RunReport, fail_on: FailOn) -> Vec<Group<'r>> {
        let mut places: BTreeMap<(Mark, &str), usize> = BTreeMap::new();
        let mut groups: Vec<Group<'r>> = Vec::new();
        for judgement in &report.judgements {
            let Some(mark) = Mark::of(judgement, fail_on).filter(|mark| *mark != Mark::Stale)
            else {
                continue;
            };
            let at = *places.entry((mark, judgement.rule)).or_insert(groups.len());
            match groups.get_mut(at) {
                Some(group) => group.judgements.push(judgement),
                None => groups.push(Group {
                    mark,
                    judgements: vec![judgement],
                }),
            }
        }
        groups
    }

    fn place(&self) -> String {
        let first = line(&self.judgements[0].scenario);
        match self.judgements.len() {
            1 => first.into_owned(),
            more => format!("{} times, first in {first}", count(more)),
        }
    }
}

#[cfg(test)]
mod tests;

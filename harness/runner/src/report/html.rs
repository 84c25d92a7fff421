//! HTML: one file that needs nothing else, for people who were not there when it ran. A matrix of rules and targets,
//! then each finding with its transcript.

mod finding;
mod matrix;

use super::findings::{Finding, Mark};
use super::shown::{self, count};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use signoff_engine::report::{Exit, RunReport};
use std::io;

const STYLE: &str = include_str!("html/style.css");

/// Writes the page for these runs, a column of the matrix each.
pub(crate) fn write(out: &mut impl io::Write, reports: &[&RunReport]) -> io::Result<()> {
    writeln!(out, "{}", page(reports).into_string())
}

fn page(reports: &[&RunReport]) -> Markup {
    let title = match reports {
        [only] => format!("Sign-off of {}", only.target),
        several => format!("Sign-off of {} targets", several.len()),
    };
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                // Nothing may be loaded or run, whatever a target answered.
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                meta name="color-scheme" content="light dark";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { (title) }
                    p.tool { "judged by signoff " (env!("CARGO_PKG_VERSION")) }
                }
                main {
                    @for report in reports { (summary(report)) }
                    @for report in reports { (findings(report, reports.len() > 1)) }
                    (matrix::matrix(reports))
                    @for report in reports { (rest(report, reports.len() > 1)) }
                }
            }
        }
    }
}

fn summary(report: &RunReport) -> Markup {
    let sums = &report.summary;
    let exit = report.exit();
    let edition = report.edition.as_deref();
    html! {
        section.summary.(if exit == Exit::Ok { "good" } else { "bad" }) {
            h2 { (report.target) }
            p.verdict {
                @for (at, exit) in report.exits().iter().enumerate() {
                    @if at > 0 { ", " }
                    b { "exit " (exit.code()) } " " (exit.describe())
                }
            }
            dl.sums {
                (sum("broken", sums.violated, "violated"))
                (sum("known", sums.known, "known"))
                (sum("of these MUST", sums.known_must, "known"))
                (sum("baselined", sums.baselined, "known"))
                (sum("stale", sums.stale, "stale"))
                (sum("undecided", sums.undecided, "undecided"))
                (sum("kept", sums.kept, "kept"))
                (sum("drift", sums.drift, "stale"))
            }
            @if !report.description.is_empty() { p.run { (report.description) } }
            p.run {
                "dialect " (report.dialect)
                @if let Some(edition) = edition { " (" (edition) ")" }
                @if !report.faults.is_empty() { " · faults " (report.faults.join(", ")) }
                " · seed " (report.seed)
                " · " (shown::counted(sums.cases, "case"))
                " · " (shown::counted(sums.requests, "request"))
                " · " (shown::counted(sums.sign_ins, "sign-in"))
                " · " (shown::duration(sums.duration_ms))
            }
            @if let Some(why) = &report.unreachable {
                p.error { b { "The target could not be judged: " } (why) }
            }
            @for case in report.cases.iter().filter(|case| case.error.is_some()) {
                p.error { b { (case.scenario) " broke off: " } (case.error.as_deref().unwrap_or_default()) }
            }
        }
    }
}

fn sum(name: &str, number: usize, class: &str) -> Markup {
    html! {
        div.(if number == 0 { "none" } else { class }) {
            dt { (name) }
            dd { (count(number)) }
        }
    }
}

fn findings(report: &RunReport, several: bool) -> Markup {
    let findings = Finding::all(report);
    html! {
        @if !findings.is_empty() {
            section.findings {
                h2 { (shown::counted(findings.len(), "finding")) @if several { " at " (report.target) } }
                @for found in &findings { (finding::finding(found, report)) }
            }
        }
    }
}

/// What is not a finding and yet has to be known.
fn rest(report: &RunReport, several: bool) -> Markup {
    html! {
        @if !report.undecided_rules.is_empty() {
            section {
                h2 { "Decided in no case" @if several { " at " (report.target) } }
                ul.reasons {
                    @for (rule, why) in &report.undecided_rules { li { code { (rule) } " " (why) } }
                }
            }
        }
        @if !report.flaky.is_empty() {
            section {
                h2 { "Flaky" @if several { " at " (report.target) } }
                ul.reasons {
                    @for flaky in &report.flaky { li { code { (flaky.scenario) } " " (shown::flaky(flaky)) } }
                }
            }
        }
        @if !report.drift.is_empty() {
            section {
                h2 { "Behaviour that differs from its snapshot" @if several { " at " (report.target) } }
                @for drift in &report.drift {
                    h3 { code { (drift.scenario) } }
                    pre.diff { @for line in drift.diff.lines() { span.(difference(line)) { (line) "\n" } } }
                }
            }
        }
        @if !report.not_applicable.is_empty() {
            details.quiet {
                summary { (shown::counted(report.not_applicable.len(), "rule")) " not applicable"
                    @if several { " at " (report.target) } }
                ul.reasons {
                    @for rule in &report.not_applicable { li { code { (rule.rule) } " " (rule.reason) } }
                }
            }
        }
    }
}

fn difference(line: &str) -> &'static str {
    match line.as_bytes().first() {
        Some(b'-') => "gone",
        Some(b'+') => "new",
        _ => "same",
    }
}

/// The class of a mark.
fn class(mark: Mark) -> &'static str {
    match mark {
        Mark::Fail => "fail",
        Mark::Stale => "stale",
        Mark::Warn => "warn",
        Mark::Note => "note",
    }
}

#[cfg(test)]
mod in_a_browser;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{judgement, recommendation, run, with_drift, with_flaky};
    use scraper::{Html, Selector};
    use signoff_engine::report::Outcome;

    fn written(reports: &[&RunReport]) -> String {
        let mut out = Vec::new();
        write(&mut out, reports).expect("written");
        String::from_utf8(out).expect("UTF-8")
    }

    fn texts(page: &str, selector: &str) -> Vec<String> {
        let selector = Selector::parse(selector).expect("a selector");
        Html::parse_document(page)
            .select(&selector)
            .map(|element| element.text().collect())
            .collect()
    }

    #[test]
    fn the_page_needs_no_other_file() {
        let page = written(&[&run(vec![judgement(Outcome::Violated, "a")])]);
        for outside in ["<script", "<link", "src=", "@import", "url("] {
            assert!(!page.contains(outside), "{outside}");
        }
        assert_eq!(Html::parse_document(&page).errors, Vec::<String>::new());
    }

    #[test]
    fn what_was_flaky_is_told() {
        let page = written(&[&with_flaky(run(vec![judgement(Outcome::Kept, "a")]))]);
        let told = texts(&page, "ul.reasons li");
        assert!(
            told.iter().any(|told| told
                == "hint/absent RPIL-3-04 broken at first: 302 → https://evil.test/; repetition 1: kept"),
            "{told:?}"
        );
    }

    #[test]
    fn a_finding_has_the_sentence_the_request_the_answer_and_the_transcript() {
        let page = written(&[&run(vec![
            judgement(Outcome::Violated, "a"),
            judgement(Outcome::Violated, "b"),
        ])]);
        let findings = texts(&page, "article");
        assert_eq!(findings.len(), 1, "one rule, one finding");
        for part in [
            "RPIL-3-04",
            "MUST NOT",
            "The OP does not send the End-User",
            "an error page",
            "302 → https://rp.example/out/x",
            "curl -i",
            "GET /signoff of a",
            "Why it matters",
            "How to fix",
        ] {
            assert!(
                findings[0].contains(part),
                "{part} is missing: {}",
                findings[0]
            );
        }
    }

    #[test]
    fn the_matrix_has_a_row_a_rule_and_a_column_a_target() {
        let one = run(vec![
            judgement(Outcome::Violated, "a"),
            judgement(Outcome::Kept, "b"),
            recommendation(Outcome::Kept, "a"),
        ]);
        let mut other = run(vec![judgement(Outcome::Kept, "a")]);
        other.target = "other".to_owned();
        let page = written(&[&one, &other]);
        assert_eq!(texts(&page, "table.matrix thead th").len(), 3);
        let rows = texts(&page, "table.matrix tbody tr");
        let redirect = rows.iter().find(|row| row.contains("RPIL-3-04"));
        let redirect = redirect.expect("a row for the rule");
        assert!(redirect.contains("1 of 2 broken"), "{redirect}");
        assert!(redirect.contains("kept"), "{redirect}");
    }

    #[test]
    fn what_a_target_answered_does_not_become_markup() {
        let mut broken = judgement(Outcome::Violated, "a");
        broken.actual = Some("<script>alert(1)</script>".to_owned());
        let mut report = with_drift(run(vec![broken]));
        report.cases[0].transcript = "</pre><script>alert(2)</script>".to_owned();
        let page = written(&[&report]);
        assert!(!page.contains("<script"), "{page}");
        assert!(
            texts(&page, "pre")
                .iter()
                .any(|text| text.contains("alert(2)"))
        );
    }
}

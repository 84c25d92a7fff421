//! One finding, as a bug report that a maintainer can act on.

use super::super::findings::{Finding, Mark};
use super::super::shown::{self, count};
use super::class;
use maud::{Markup, html};
use signoff_engine::report::RunReport;

pub(super) fn finding(finding: &Finding<'_>, report: &RunReport) -> Markup {
    let first = finding.first();
    let rule = finding.rule();
    let part = |heading: &str| rule.and_then(|rule| rule.part(heading));
    html! {
        article.(class(finding.mark)) {
            h3 {
                span.mark { (finding.mark.word()) }
                code { (first.rule) }
                span.level { (first.level) }
                (rule.map_or(first.name, |rule| rule.title))
            }
            @if let Some(sentence) = part("") { blockquote { (with_code(&sentence)) } }
            p.source {
                @match finding.link() {
                    Some(link) => a href=(link) rel="noreferrer" { (first.source) },
                    None => (first.source),
                }
            }
            @if !finding.also.is_empty() {
                p.also {
                    "It breaks as well: "
                    @for (at, rule) in finding.also.iter().enumerate() {
                        @if at > 0 { ", " }
                        code { (rule.id) } " (" (rule.source.to_string()) ")"
                    }
                }
            }
            dl.facts {
                @for (at, expected) in first.expected.iter().enumerate() {
                    dt { (if at == 0 { "expected" } else { "or" }) }
                    dd { (expected) }
                }
                @if let Some(actual) = &first.actual { dt { "received" } dd.received { (actual) } }
                @if let Some(reason) = first.reason.as_ref().filter(|_| finding.mark == Mark::Stale) {
                    dt { "reason" } dd { (reason) }
                }
                dt { "repeat" } dd { code { (first.repeat) } }
            }
            @if let Some(case) = finding.case() {
                @if let Some(curl) = &case.curl { pre { (curl) } }
                @if !case.transcript.is_empty() {
                    details { summary { "the exchanges of " (first.scenario) ", masked" } pre { (case.transcript) } }
                }
            }
            @for heading in ["Why it matters", "What does not count", "How to fix"] {
                @if let Some(text) = part(heading) {
                    p.why { b { (heading) ". " } (with_code(&text)) }
                }
            }
            details.cases {
                summary {
                    "shown by " (count(finding.cases().len())) " of " (shown::counted(report.summary.cases, "case"))
                }
                ul {
                    @for judgement in finding.cases() {
                        li { code { (judgement.scenario) } @if let Some(actual) = &judgement.actual { " " (actual) } }
                    }
                }
            }
        }
    }
}

/// The text of a rule, with its code between backticks set as code.
fn with_code(text: &str) -> Markup {
    html! {
        @for (at, part) in text.split('`').enumerate() {
            @if at % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

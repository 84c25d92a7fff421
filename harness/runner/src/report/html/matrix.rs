//! The matrix of rules and targets.

use maud::{Markup, html};
use signoff_engine::report::{Outcome, RunReport};
use signoff_oidc::spec::Document;
use signoff_rules::{Rule, catalogue};
use std::collections::BTreeMap;

pub(super) fn matrix(reports: &[&RunReport]) -> Markup {
    let columns: Vec<BTreeMap<&str, Cell<'_>>> =
        reports.iter().map(|report| cells(report)).collect();
    let rules: Vec<&Rule> = catalogue::all()
        .filter(|rule| columns.iter().any(|column| column.contains_key(rule.id)))
        .collect();
    html! {
        section {
            h2 { "Rules" }
            div.scroll {
                table.matrix {
                    thead {
                        tr { th scope="col" { "rule" } @for report in reports { th scope="col" { (report.target) } } }
                    }
                    tbody {
                        @for (at, rule) in rules.iter().enumerate() {
                            @if at == 0 || rules[at - 1].source.document != rule.source.document {
                                (document(rule.source.document, reports.len()))
                            }
                            tr {
                                th scope="row" {
                                    code { (rule.id) } " " span.level { (rule.level) } " " (rule.title)
                                }
                                @for column in &columns {
                                    @match column.get(rule.id) {
                                        Some(cell) => (cell.show()),
                                        None => td.none { "–" },
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn document(document: Document, columns: usize) -> Markup {
    html! { tr.document { th colspan=(columns + 1) scope="colgroup" { (document.title()) } } }
}

/// What became of one rule at one target.
#[derive(Default)]
struct Cell<'r> {
    counts: BTreeMap<Outcome, usize>,
    reason: Option<&'r str>,
}

impl Cell<'_> {
    fn show(&self) -> Markup {
        let worst = self.counts.keys().next_back().copied();
        let (class, word) = match worst {
            Some(Outcome::Violated) => ("violated", "broken"),
            Some(Outcome::Stale) => ("stale", "stale"),
            Some(Outcome::Known) => ("known", "known"),
            Some(Outcome::Baselined) => ("known", "baselined"),
            Some(Outcome::Kept) => ("kept", "kept"),
            Some(Outcome::Undecided) => ("undecided", "undecided"),
            Some(Outcome::NotApplicable) | None => ("none", "not applicable"),
        };
        let all: usize = self.counts.values().sum();
        let number = worst.and_then(|worst| self.counts.get(&worst)).copied();
        let told = match number {
            Some(number) if number < all => format!("{number} of {all} {word}"),
            Some(_) => format!("{word} ({all})"),
            None => word.to_owned(),
        };
        html! { td.(class) title=[self.reason] { (told) } }
    }
}

/// The cells of a run. The worst outcome wins; a rule that was decided somewhere is not undecided.
fn cells(report: &RunReport) -> BTreeMap<&str, Cell<'_>> {
    let mut cells: BTreeMap<&str, Cell<'_>> = BTreeMap::new();
    for judgement in &report.judgements {
        let cell = cells.entry(judgement.rule).or_default();
        *cell.counts.entry(judgement.outcome).or_default() += 1;
    }
    for cell in cells.values_mut() {
        if cell.counts.len() > 1 {
            cell.counts.remove(&Outcome::Undecided);
        }
    }
    for rule in &report.not_applicable {
        let judged = catalogue::find(rule.rule).is_some_and(Rule::is_judged);
        if judged && !rule.reason.starts_with("speaks for another product") {
            cells.entry(rule.rule).or_default().reason = Some(&rule.reason);
        }
    }
    cells
}

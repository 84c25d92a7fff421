//! Which broken judgements have one cause. A defect breaks every sentence that forbids it, and it does so in many cases:
//! a reader wants to hear of it once, with all its references.

use crate::report::Judgement;
use signoff_oidc::spec::Severity;
use signoff_rules::catalogue;
use std::collections::BTreeMap;

/// One cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// The rule under which it is told: of the gravest that it breaks the one that says it most exactly.
    pub lead: &'static str,
    /// The other rules that it breaks, in the order of the catalogue.
    pub also: Vec<&'static str>,
    /// Its judgements, by their place in what was given, in that order. Those of the leading rule stand first.
    pub judgements: Vec<usize>,
}

/// Judgements of one case that say the same of what was seen.
struct Act {
    case: String,
    judgements: Vec<usize>,
}

/// Puts broken judgements together by cause. Each belongs to exactly one; causes stand in the order in which they first
/// showed.
///
/// Judgements of one case that saw the same thing have the same cause. A rule that [sums up] what others say goes with
/// any other of its case. Then every such group is told under a rule that as many groups as possible have in common.
///
/// [sums up]: signoff_rules::Rule::sums_up
pub fn causes(broken: &[&Judgement]) -> Vec<Cause> {
    let mut waiting = acts(broken);
    let mut found: Vec<Cause> = Vec::new();
    while !waiting.is_empty() {
        let Some(lead) = most_common_lead(broken, &waiting) else {
            break;
        };
        let (own, rest) = waiting
            .into_iter()
            .partition(|act| leads(broken, act).contains(&lead));
        waiting = rest;
        found.push(cause(broken, lead, own));
    }
    found.sort_by_key(|cause| cause.judgements.iter().copied().min());
    found
}

fn acts(broken: &[&Judgement]) -> Vec<Act> {
    let mut places: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut acts: Vec<Act> = Vec::new();
    let (general, exact): (Vec<usize>, Vec<usize>) =
        (0..broken.len()).partition(|at| sums_up(broken[*at].rule));
    for at in exact.into_iter().chain(general) {
        let judgement = broken[at];
        let key = (judgement.scenario.as_str(), seen(judgement));
        let same = places.get(&key).copied();
        let of_case = || acts.iter().position(|act| act.case == judgement.scenario);
        let place = same.or_else(|| sums_up(judgement.rule).then(of_case).flatten());
        if let Some(place) = place {
            acts[place].judgements.push(at);
            continue;
        }
        places.insert(key, acts.len());
        acts.push(Act {
            case: judgement.scenario.clone(),
            judgements: vec![at],
        });
    }
    acts
}

/// What was seen, without what a rule adds to it: by convention behind the first comma, or in parentheses.
fn seen(judgement: &Judgement) -> &str {
    let text = judgement.actual.as_deref().unwrap_or_default();
    let end = text.find(", ").into_iter().chain(text.find(" (")).min();
    &text[..end.unwrap_or(text.len())]
}

fn sums_up(rule: &str) -> bool {
    catalogue::find(rule).is_some_and(|rule| rule.sums_up)
}

/// The rules under which this may be told: the gravest that it breaks, and of these the exact ones where there are any.
fn leads(broken: &[&Judgement], act: &Act) -> Vec<&'static str> {
    let severity = |at: &usize| broken[*at].severity;
    let gravest: Option<Severity> = act.judgements.iter().map(severity).min();
    let grave = act
        .judgements
        .iter()
        .filter(|at| Some(severity(at)) == gravest)
        .map(|at| broken[*at].rule);
    let (general, exact): (Vec<_>, Vec<_>) = grave.partition(|rule| sums_up(rule));
    if exact.is_empty() { general } else { exact }
}

/// The rule under which most of them may be told; the first of the catalogue among equals.
fn most_common_lead(broken: &[&Judgement], waiting: &[Act]) -> Option<&'static str> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for rule in waiting.iter().flat_map(|act| leads(broken, act)) {
        *counts.entry(rule).or_default() += 1;
    }
    let most = counts.values().copied().max()?;
    catalogue::all()
        .map(|rule| rule.id)
        .find(|id| counts.get(id) == Some(&most))
}

fn cause(broken: &[&Judgement], lead: &'static str, acts: Vec<Act>) -> Cause {
    let judgements: Vec<usize> = acts.into_iter().flat_map(|act| act.judgements).collect();
    let (mut of_lead, mut others): (Vec<usize>, Vec<usize>) = judgements
        .into_iter()
        .partition(|at| broken[*at].rule == lead);
    of_lead.sort_unstable();
    others.sort_unstable();
    let breaks = |id: &&'static str| others.iter().any(|at| broken[*at].rule == *id);
    let also = catalogue::all()
        .map(|rule| rule.id)
        .filter(breaks)
        .collect();
    Cause {
        lead,
        also,
        judgements: [of_lead, others].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Outcome;

    fn broken(rule: &'static str, scenario: &str, seen: &str) -> Judgement {
        let rule = catalogue::find(rule).expect("a rule");
        Judgement {
            rule: rule.id,
            name: rule.name,
            level: rule.level,
            severity: rule.severity(),
            source: rule.source.to_string(),
            outcome: Outcome::Violated,
            scenario: scenario.to_owned(),
            generated: false,
            expected: Vec::new(),
            actual: Some(seen.to_owned()),
            reason: None,
            repeat: String::new(),
        }
    }

    fn told(judgements: &[Judgement]) -> Vec<(&'static str, Vec<&'static str>, usize)> {
        let broken: Vec<&Judgement> = judgements.iter().collect();
        let found = causes(&broken);
        let all: usize = found.iter().map(|cause| cause.judgements.len()).sum();
        assert_eq!(all, judgements.len(), "each belongs to exactly one");
        let short = |cause: Cause| (cause.lead, cause.also, cause.judgements.len());
        found.into_iter().map(short).collect()
    }

    #[test]
    fn a_redirect_that_several_sentences_forbid_is_one_cause_in_all_its_cases() {
        let told = told(&[
            broken("RPIL-3-04", "redirect/a", "303 → https://evil.test/"),
            broken("RPIL-4-01", "redirect/a", "303 → https://evil.test/"),
            broken(
                "RPIL-4-04",
                "redirect/a",
                "303 → https://evil.test/, although the target is not registered",
            ),
            broken("BCP-2.1-02", "redirect/b", "303 → https://b.test/"),
            broken("RPIL-3-04", "redirect/b", "303 → https://b.test/"),
        ]);
        assert_eq!(
            told,
            [("RPIL-3-04", vec!["RPIL-4-01", "RPIL-4-04", "BCP-2.1-02"], 5)]
        );
    }

    #[test]
    fn two_causes_that_one_general_sentence_forbids_stay_two() {
        let told = told(&[
            broken("RPIL-2-22", "hint/a", "303 → https://rp.example/"),
            broken("RPIL-4-01", "hint/a", "303 → https://rp.example/"),
            broken("RPIL-3-04", "redirect/a", "303 → https://evil.test/"),
            broken("RPIL-4-01", "redirect/a", "303 → https://evil.test/"),
        ]);
        assert_eq!(
            told,
            [
                ("RPIL-2-22", vec!["RPIL-4-01"], 2),
                ("RPIL-3-04", vec!["RPIL-4-01"], 2)
            ]
        );
    }

    #[test]
    fn what_was_seen_beside_it_in_the_same_case_is_another_cause() {
        let told = told(&[
            broken("RPIL-3-04", "redirect/a", "303 → https://evil.test/"),
            broken("CK-4.1.3-01", "redirect/a", "a cookie named sid"),
        ]);
        assert_eq!(told.len(), 2);
    }

    #[test]
    fn a_general_sentence_alone_is_told_under_itself() {
        let told = told(&[broken("CSS-14", "hint/valid", "an error page")]);
        assert_eq!(told, [("CSS-14", vec![], 1)]);
    }

    #[test]
    fn the_gravest_sentence_leads() {
        let told = told(&[
            broken("RPIL-2-26", "hint/a", "the session ended"),
            broken("RPIL-4-01", "hint/a", "the session ended"),
        ]);
        assert_eq!(told, [("RPIL-4-01", vec!["RPIL-2-26"], 2)]);
    }
}

//! Where two runs of the same cases differ: in what the rules say, and in what the targets did. What is alike is
//! counted and left out, and what differs in the same way is told once, with the cases that show it.

use crate::report::{CaseReport, Judgement, Outcome, RunReport};
use serde::Serialize;
use similar::{ChangeTag, TextDiff};
use std::collections::{BTreeMap, BTreeSet};

/// The differences of two runs.
#[derive(Debug, Clone, Serialize)]
pub struct Differences {
    /// The first run.
    pub a: Side,
    /// The second run.
    pub b: Side,
    /// Cases that both played.
    pub compared: usize,
    /// Those of them in which nothing differs.
    pub alike: usize,
    /// Rules on which the two are not judged alike.
    pub verdicts: Vec<VerdictDifference>,
    /// What the two did otherwise, each difference once.
    pub behaviour: Vec<BehaviourDifference>,
    /// Cases that only one of them played, by the reason of the other.
    pub unplayed: Vec<Unplayed>,
}

/// One of the two runs.
#[derive(Debug, Clone, Serialize)]
pub struct Side {
    /// The target.
    pub target: String,
    /// Its dialect.
    pub dialect: String,
    /// Its edition.
    pub edition: Option<String>,
    /// The faults of the mock.
    pub faults: Vec<String>,
    /// Why it could not be judged to the end, if so.
    pub unreachable: Option<String>,
}

/// A rule whose outcome differs.
#[derive(Debug, Clone, Serialize)]
pub struct VerdictDifference {
    /// The rule.
    pub rule: &'static str,
    /// The rule's name.
    pub name: &'static str,
    /// The outcome of the first.
    pub a: Outcome,
    /// The outcome of the second.
    pub b: Outcome,
    /// The cases that show it, in their order.
    pub scenarios: Vec<String>,
    /// What was seen of the first in the first of the cases, or why it was not decided.
    pub seen_a: Option<String>,
    /// The same of the second.
    pub seen_b: Option<String>,
}

/// Lines of behaviour that stand in one and not in the other.
#[derive(Debug, Clone, Serialize)]
pub struct BehaviourDifference {
    /// What only the first did.
    pub only_a: Vec<String>,
    /// What only the second did.
    pub only_b: Vec<String>,
    /// The cases that show it, in their order.
    pub scenarios: Vec<String>,
}

/// Cases that one of the two did not play.
#[derive(Debug, Clone, Serialize)]
pub struct Unplayed {
    /// Which: `a` or `b`.
    pub by: char,
    /// Why.
    pub reason: String,
    /// The cases.
    pub scenarios: Vec<String>,
}

impl Differences {
    /// Compares two runs.
    pub fn between(a: &RunReport, b: &RunReport) -> Self {
        let mut found = Differences {
            a: Side::of(a),
            b: Side::of(b),
            compared: 0,
            alike: 0,
            verdicts: Vec::new(),
            behaviour: Vec::new(),
            unplayed: Vec::new(),
        };
        let (in_a, in_b) = (by_case(a), by_case(b));
        for case in in_order(a, b) {
            let id = case.scenario.as_str();
            match (Played::find(&in_a, id), Played::find(&in_b, id)) {
                (Ok(one), Ok(other)) => found.case(id, &one, &other),
                (Ok(_), Err(why)) => found.unplayed('b', why, id),
                (Err(why), Ok(_)) => found.unplayed('a', why, id),
                (Err(_), Err(_)) => {}
            }
        }
        found
    }

    /// True when nothing differs in what both played.
    pub fn is_empty(&self) -> bool {
        self.verdicts.is_empty() && self.behaviour.is_empty()
    }

    fn case(&mut self, id: &str, a: &Played<'_>, b: &Played<'_>) {
        self.compared += 1;
        let verdicts = self.verdicts_of(id, a, b);
        let behaviour = self.behaviour_of(id, &a.case.behaviour, &b.case.behaviour);
        if !verdicts && !behaviour {
            self.alike += 1;
        }
    }

    fn verdicts_of(&mut self, id: &str, a: &Played<'_>, b: &Played<'_>) -> bool {
        let mut rules: Vec<&Judgement> = a.judgements.clone();
        let further = b.judgements.iter().filter(|j| a.of(j.rule).is_none());
        rules.extend(further);
        let mut differs = false;
        for judgement in rules {
            let (one, other) = (a.of(judgement.rule), b.of(judgement.rule));
            let outcome = |found: Option<&Judgement>| found.map_or(Outcome::NotApplicable, plain);
            if outcome(one) == outcome(other) {
                continue;
            }
            differs = true;
            let same = self.verdicts.iter_mut().find(|known| {
                known.rule == judgement.rule && known.a == outcome(one) && known.b == outcome(other)
            });
            match same {
                Some(known) => known.scenarios.push(id.to_owned()),
                None => self.verdicts.push(VerdictDifference {
                    rule: judgement.rule,
                    name: judgement.name,
                    a: outcome(one),
                    b: outcome(other),
                    scenarios: vec![id.to_owned()],
                    seen_a: one.and_then(seen),
                    seen_b: other.and_then(seen),
                }),
            }
        }
        differs
    }

    fn behaviour_of(&mut self, id: &str, a: &str, b: &str) -> bool {
        let found = blocks(a, b);
        for (only_a, only_b) in &found {
            let same = self
                .behaviour
                .iter_mut()
                .find(|known| known.only_a == *only_a && known.only_b == *only_b);
            match same {
                Some(known) if known.scenarios.last().is_some_and(|last| last == id) => {}
                Some(known) => known.scenarios.push(id.to_owned()),
                None => self.behaviour.push(BehaviourDifference {
                    only_a: only_a.clone(),
                    only_b: only_b.clone(),
                    scenarios: vec![id.to_owned()],
                }),
            }
        }
        !found.is_empty()
    }

    fn unplayed(&mut self, by: char, reason: String, id: &str) {
        let same = self
            .unplayed
            .iter_mut()
            .find(|known| known.by == by && known.reason == reason);
        match same {
            Some(known) => known.scenarios.push(id.to_owned()),
            None => self.unplayed.push(Unplayed {
                by,
                reason,
                scenarios: vec![id.to_owned()],
            }),
        }
    }
}

impl Side {
    fn of(report: &RunReport) -> Self {
        Side {
            target: report.target.clone(),
            dialect: report.dialect.clone(),
            edition: report.edition.clone(),
            faults: report.faults.clone(),
            unreachable: report.unreachable.clone(),
        }
    }
}

/// A case that was played, with what was said of it.
struct Played<'r> {
    case: &'r CaseReport,
    judgements: Vec<&'r Judgement>,
}

impl<'r> Played<'r> {
    /// The error says why it was not played.
    fn find(cases: &ByCase<'r>, id: &str) -> Result<Self, String> {
        let Some((case, judgements)) = cases.get(id) else {
            return Err("it was not among the cases of this run".to_owned());
        };
        match case.not_applicable.as_ref().or(case.error.as_ref()) {
            Some(why) => Err(why.clone()),
            None => Ok(Played {
                case,
                judgements: judgements.clone(),
            }),
        }
    }

    fn of(&self, rule: &str) -> Option<&'r Judgement> {
        let mut judgements = self.judgements.iter().copied();
        judgements.find(|judgement| judgement.rule == rule)
    }
}

type ByCase<'r> = BTreeMap<&'r str, (&'r CaseReport, Vec<&'r Judgement>)>;

/// The cases by id, each with what was said of it. What is stale is said of a baseline, not of the target.
fn by_case(report: &RunReport) -> ByCase<'_> {
    let cases = report.cases.iter();
    let mut found: ByCase<'_> = cases
        .map(|case| (case.scenario.as_str(), (case, Vec::new())))
        .collect();
    let judgements = report.judgements.iter();
    for judgement in judgements.filter(|judgement| judgement.outcome != Outcome::Stale) {
        if let Some((_, own)) = found.get_mut(judgement.scenario.as_str()) {
            own.push(judgement);
        }
    }
    found
}

/// Every case of either, in the order of the first and then of the second.
fn in_order<'r>(a: &'r RunReport, b: &'r RunReport) -> impl Iterator<Item = &'r CaseReport> {
    let known: BTreeSet<&str> = a.cases.iter().map(|case| case.scenario.as_str()).collect();
    let further = b
        .cases
        .iter()
        .filter(move |case| !known.contains(case.scenario.as_str()));
    a.cases.iter().chain(further)
}

/// The outcome without what a baseline says of it: that differs from target to target.
fn plain(judgement: &Judgement) -> Outcome {
    match judgement.outcome {
        Outcome::Baselined => Outcome::Violated,
        other => other,
    }
}

/// What was seen, or why it was not decided.
fn seen(judgement: &Judgement) -> Option<String> {
    judgement
        .actual
        .clone()
        .or_else(|| judgement.reason.clone())
}

/// The runs of lines that differ: those of the first, and those of the second in their place.
fn blocks(a: &str, b: &str) -> Vec<(Vec<String>, Vec<String>)> {
    let mut found: Vec<(Vec<String>, Vec<String>)> = Vec::new();
    let mut open = false;
    for change in TextDiff::from_lines(a, b).iter_all_changes() {
        if change.tag() == ChangeTag::Equal {
            open = false;
            continue;
        }
        if !open {
            found.push((Vec::new(), Vec::new()));
            open = true;
        }
        let line = change.value().trim().to_owned();
        if let Some((only_a, only_b)) = found.last_mut() {
            match change.tag() {
                ChangeTag::Delete => only_a.push(line),
                _ => only_b.push(line),
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{FailOn, Summary};
    use signoff_oidc::spec::{Level, Severity};

    fn case(scenario: &str, behaviour: &str) -> CaseReport {
        CaseReport {
            scenario: scenario.to_owned(),
            purpose: String::new(),
            not_applicable: None,
            error: None,
            transcript: String::new(),
            curl: None,
            behaviour: behaviour.to_owned(),
            duration_ms: 0,
        }
    }

    fn judgement(scenario: &str, outcome: Outcome) -> Judgement {
        Judgement {
            rule: "RPIL-3-04",
            name: "exact-redirect-uri",
            level: Level::MustNot,
            severity: Severity::Must,
            source: String::new(),
            outcome,
            scenario: scenario.to_owned(),
            generated: false,
            expected: Vec::new(),
            actual: (outcome == Outcome::Violated).then(|| "302".to_owned()),
            reason: None,
            repeat: String::new(),
        }
    }

    fn run(cases: Vec<CaseReport>, judgements: Vec<Judgement>) -> RunReport {
        RunReport {
            target: "t".to_owned(),
            dialect: "oidc".to_owned(),
            description: String::new(),
            edition: None,
            real: false,
            faults: Vec::new(),
            seed: 1,
            selected: 1,
            rules: 1,
            deviations: 0,
            summary: Summary::default(),
            judgements,
            not_applicable: Vec::new(),
            cases,
            drift: Vec::new(),
            undecided_rules: BTreeMap::new(),
            unreachable: None,
            generated: None,
            flaky: Vec::new(),
            part: None,
            fail_on: FailOn::default(),
        }
    }

    #[test]
    fn runs_that_are_alike_have_no_differences() {
        let one = run(
            vec![case("a", "x\ny\n")],
            vec![judgement("a", Outcome::Kept)],
        );
        let found = Differences::between(&one, &one);
        assert!(found.is_empty());
        assert_eq!((found.compared, found.alike), (1, 1));
    }

    #[test]
    fn the_same_difference_is_told_once_with_all_its_cases() {
        let one = run(
            vec![case("a", "1\nx\n"), case("b", "2\nx\n"), case("c", "3\n")],
            vec![judgement("a", Outcome::Kept), judgement("b", Outcome::Kept)],
        );
        let other = run(
            vec![case("a", "1\ny\n"), case("b", "2\ny\n"), case("c", "3\n")],
            vec![
                judgement("a", Outcome::Violated),
                judgement("b", Outcome::Violated),
            ],
        );
        let found = Differences::between(&one, &other);
        assert_eq!((found.compared, found.alike), (3, 1));
        assert_eq!(found.verdicts.len(), 1);
        assert_eq!(found.verdicts[0].scenarios, ["a", "b"]);
        assert_eq!(found.verdicts[0].seen_b.as_deref(), Some("302"));
        assert_eq!(found.behaviour.len(), 1);
        assert_eq!(found.behaviour[0].only_a, ["x"]);
        assert_eq!(found.behaviour[0].only_b, ["y"]);
        assert_eq!(found.behaviour[0].scenarios, ["a", "b"]);
    }

    #[test]
    fn what_only_one_played_is_no_difference_and_is_told() {
        let mut unable = case("a", "");
        unable.not_applicable = Some("no second client".to_owned());
        let one = run(vec![case("a", "x\n"), case("b", "x\n")], Vec::new());
        let other = run(vec![unable], Vec::new());
        let found = Differences::between(&one, &other);
        assert!(found.is_empty());
        assert_eq!(found.compared, 0);
        let told: Vec<(char, &str)> = found
            .unplayed
            .iter()
            .map(|unplayed| (unplayed.by, unplayed.reason.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ('b', "no second client"),
                ('b', "it was not among the cases of this run")
            ]
        );
    }

    #[test]
    fn what_a_baseline_says_is_no_difference() {
        let one = run(vec![case("a", "")], vec![judgement("a", Outcome::Violated)]);
        let known = run(
            vec![case("a", "")],
            vec![
                judgement("a", Outcome::Baselined),
                judgement("a", Outcome::Stale),
            ],
        );
        assert!(Differences::between(&one, &known).is_empty());
    }
}

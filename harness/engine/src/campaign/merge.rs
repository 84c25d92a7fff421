//! The parts of a run put together: what one run would have told, costs apart.

use super::is_once_a_run;
use super::part::{Part, Partition};
use super::search;
use crate::baseline::Baseline;
use crate::generated::{Finding, Generated};
use crate::report::{CaseReport, Drift, DriftKind, FlakyCase, Judgement, Outcome, RunReport};
use jiff::civil::Date;
use signoff_scenarios::generated::Pairs;
use std::collections::{BTreeMap, BTreeSet};

/// The report of the whole run. The parts may come in any order; `today` tells which known failures are over.
///
/// The error says which part is missing, there twice, or of another run.
pub fn merge(reports: Vec<RunReport>, today: Date) -> Result<RunReport, String> {
    let parts = in_order(reports)?;
    let Some((first, first_part)) = parts.first() else {
        return Err("there is no part".to_owned());
    };
    for (report, part) in &parts {
        if let Some(what) = difference((first, first_part), (report, part)) {
            return Err(format!(
                "the parts {} and {} are not of the same run: {what}",
                first_part.partition, part.partition
            ));
        }
    }
    let whole = first_part.whole.clone();
    let generated = generated(&parts)?;
    let mut merged = first.clone();
    merged.part = None;
    merged.cases.clear();
    merged.judgements.clear();
    merged.drift.clear();
    merged.flaky.clear();
    merged.generated = None;
    merged.summary.requests = parts
        .iter()
        .map(|(report, _)| report.summary.requests)
        .sum();
    merged.summary.sign_ins = parts
        .iter()
        .map(|(report, _)| report.summary.sign_ins)
        .sum();
    let longest = parts
        .iter()
        .map(|(report, _)| report.summary.duration_ms)
        .max();
    merged.summary.duration_ms = longest.unwrap_or_default();
    merged.unreachable = unreachable(&parts);
    let mut pool = Pool::of(parts);
    pool.deal(&mut merged);
    merged.generated = generated.map(|found| pool.found(found, &mut merged));
    pool.drift(&mut merged);
    pool.flaky(&mut merged);
    pool.tally.conclude(&whole, &mut merged);
    merged.add_up();
    if let Some(baseline) = whole
        .baseline
        .as_ref()
        .filter(|_| merged.unreachable.is_none())
    {
        Baseline::parse(&baseline.to_json(), today)?.apply(&mut merged, whole.complete);
    }
    Ok(merged)
}

/// Each part once, in their order.
fn in_order(reports: Vec<RunReport>) -> Result<Vec<(RunReport, Part)>, String> {
    let mut parts: BTreeMap<usize, (RunReport, Part)> = BTreeMap::new();
    let mut of = None;
    for mut report in reports {
        let Some(part) = report.part.take() else {
            return Err(match &report.unreachable {
                Some(why) => format!("a part of {} did not get to judging: {why}", report.target),
                None => format!("the report of {} is no part of a run", report.target),
            });
        };
        let Partition { number, of: all } = part.partition;
        if *of.get_or_insert(all) != all {
            return Err(format!(
                "{} is a part of another division than the rest",
                part.partition
            ));
        }
        if parts.insert(number, (report, part)).is_some() {
            return Err(format!("the part {number}/{all} is there twice"));
        }
    }
    let all = of.unwrap_or_default();
    match (1..=all).find(|number| !parts.contains_key(number)) {
        Some(missing) => Err(format!("the part {missing}/{all} is missing")),
        None => Ok(parts.into_values().collect()),
    }
}

/// What shows that two parts are of different runs.
fn difference(
    (one, one_part): (&RunReport, &Part),
    (other, other_part): (&RunReport, &Part),
) -> Option<&'static str> {
    let checks = [
        (
            one.target == other.target && one.real == other.real,
            "the target differs",
        ),
        (
            one.dialect == other.dialect && one.edition == other.edition,
            "the dialect differs",
        ),
        (one.faults == other.faults, "the faults differ"),
        (one.seed == other.seed, "the seed differs"),
        (one.fail_on == other.fail_on, "--fail-on differs"),
        (
            one_part.whole.scenarios == other_part.whole.scenarios,
            "the scenarios differ",
        ),
        (
            one_part.whole.rules == other_part.whole.rules,
            "the rules differ",
        ),
        (
            one_part.whole.baseline == other_part.whole.baseline,
            "the baseline differs",
        ),
        (
            one_part.whole == other_part.whole,
            "the declared differences of the target differ",
        ),
    ];
    checks
        .into_iter()
        .find(|(same, _)| !same)
        .map(|(_, what)| what)
}

/// Why some part could not be judged to its end.
fn unreachable(parts: &[(RunReport, Part)]) -> Option<String> {
    parts.iter().find_map(|(report, part)| {
        let why = report.unreachable.as_ref()?;
        Some(format!("part {}: {why}", part.partition))
    })
}

/// What all parts have, to be dealt out in the order of one run.
struct Pool {
    /// What is looked at once a run, in the order of the part that did it.
    once: Vec<CaseReport>,
    /// The hand-written cases by their place.
    cases: BTreeMap<usize, CaseReport>,
    /// The examples of what generated cases found.
    examples: BTreeMap<(usize, String), CaseReport>,
    judgements: BTreeMap<(usize, String), Vec<Judgement>>,
    drift: Vec<Drift>,
    flaky: Vec<FlakyCase>,
    tally: super::Tally,
    of: usize,
}

impl Pool {
    fn of(parts: Vec<(RunReport, Part)>) -> Self {
        let mut pool = Pool {
            once: Vec::new(),
            cases: BTreeMap::new(),
            examples: BTreeMap::new(),
            judgements: BTreeMap::new(),
            drift: Vec::new(),
            flaky: Vec::new(),
            tally: super::Tally::default(),
            of: parts.len(),
        };
        for (report, part) in parts {
            let Partition { number, of } = part.partition;
            let mut finished = 0;
            for case in report.cases {
                if is_once_a_run(&case.scenario) {
                    // Every part reads the metadata; the first tells of them.
                    if number == 1 {
                        pool.once.push(case);
                    }
                } else if finished < part.played {
                    pool.cases.insert(finished * of + number - 1, case);
                    finished += 1;
                } else {
                    pool.examples.insert((number, case.scenario.clone()), case);
                }
            }
            for judgement in report.judgements.into_iter().filter_map(as_judged) {
                let place = (number, judgement.scenario.clone());
                pool.judgements.entry(place).or_default().push(judgement);
            }
            pool.drift.extend(report.drift);
            pool.flaky.extend(report.flaky);
            pool.tally.join(part.tally);
        }
        pool
    }

    /// The hand-written cases, after what was looked at once, and what was said of them.
    fn deal(&mut self, merged: &mut RunReport) {
        let once = std::mem::take(&mut self.once)
            .into_iter()
            .map(|case| (1, case));
        let of = self.of;
        let cases = std::mem::take(&mut self.cases);
        let cases = cases
            .into_iter()
            .map(|(place, case)| (place % of + 1, case));
        for (number, case) in once.chain(cases) {
            let judged = self.judgements.remove(&(number, case.scenario.clone()));
            merged.judgements.extend(judged.unwrap_or_default());
            merged.cases.push(case);
        }
    }

    /// The examples of what generated cases found, each defect once.
    fn found(&mut self, (mut generated, findings): Searched, merged: &mut RunReport) -> Generated {
        let mut names: BTreeSet<String> = BTreeSet::new();
        for (number, mut finding) in findings {
            let id = finding.scenario.id.clone();
            let mut known = generated.findings.iter_mut();
            let same = known.find(|known| {
                known.scenario.steps == finding.scenario.steps && known.rules == finding.rules
            });
            if let Some(known) = same {
                known.count += finding.count;
                continue;
            }
            let mut name = id.clone();
            for further in 2.. {
                if names.insert(name.clone()) {
                    break;
                }
                name = format!("{id}-{further}");
            }
            let judged = self
                .judgements
                .remove(&(number, id.clone()))
                .unwrap_or_default();
            merged
                .judgements
                .extend(judged.into_iter().map(|judgement| Judgement {
                    scenario: name.clone(),
                    ..judgement
                }));
            if let Some(mut case) = self.examples.remove(&(number, id)) {
                case.scenario.clone_from(&name);
                merged.cases.push(case);
            }
            finding.scenario.id = name;
            generated.findings.push(finding);
        }
        generated
    }

    /// The differences from the snapshots in the order of the cases, and then what belongs to none.
    fn drift(&mut self, merged: &mut RunReport) {
        let places = places(merged);
        let mut drift = std::mem::take(&mut self.drift);
        drift.sort_by_key(|drift| match drift.kind {
            DriftKind::Changed | DriftKind::New => places
                .get(drift.scenario.as_str())
                .copied()
                .unwrap_or(usize::MAX),
            DriftKind::Orphan | DriftKind::Pending => usize::MAX,
        });
        merged.drift = drift;
    }

    /// What was flaky, in the order of the cases.
    fn flaky(&mut self, merged: &mut RunReport) {
        let places = places(merged);
        let mut flaky = std::mem::take(&mut self.flaky);
        flaky.sort_by_key(|flaky| places.get(flaky.scenario.as_str()).copied());
        merged.flaky = flaky;
    }
}

/// Where each case stands.
fn places(merged: &RunReport) -> BTreeMap<&str, usize> {
    let cases = merged.cases.iter().enumerate();
    cases
        .map(|(at, case)| (case.scenario.as_str(), at))
        .collect()
}

/// The judgement as it was before the known failures were held against it.
fn as_judged(judgement: Judgement) -> Option<Judgement> {
    match judgement.outcome {
        Outcome::Stale => None,
        Outcome::Baselined => Some(Judgement {
            outcome: Outcome::Violated,
            reason: None,
            ..judgement
        }),
        _ => Some(judgement),
    }
}

/// Sums without findings, and the findings, each with the number of its part.
type Searched = (Generated, Vec<(usize, Finding)>);

/// The sums of the generated cases, and their findings with the part that each is from.
fn generated(parts: &[(RunReport, Part)]) -> Result<Option<Searched>, String> {
    let mut pairs = Pairs::new();
    let mut sum: Option<Generated> = None;
    let mut findings = Vec::new();
    for (report, part) in parts {
        let Some(found) = &report.generated else {
            continue;
        };
        if !part.pairs.is_empty() {
            pairs.join(&part.pairs)?;
        }
        findings.extend(
            found
                .findings
                .iter()
                .map(|finding| (part.partition.number, finding.clone())),
        );
        match &mut sum {
            Some(sum) => add(sum, found),
            None => {
                sum = Some(Generated {
                    findings: Vec::new(),
                    ..found.clone()
                });
            }
        }
    }
    Ok(sum.map(|mut sum| {
        search::covered(&mut sum, &pairs);
        (sum, findings)
    }))
}

fn add(sum: &mut Generated, found: &Generated) {
    sum.cases += found.cases;
    sum.requests += found.requests;
    sum.sign_ins += found.sign_ins;
    sum.kept += found.kept;
    sum.known += found.known;
    sum.undecided += found.undecided;
    sum.violated += found.violated;
    sum.duration_ms = sum.duration_ms.max(found.duration_ms);
    for (why, count) in &found.not_applicable {
        *sum.not_applicable.entry(why.clone()).or_default() += count;
    }
    for (why, count) in &found.errors {
        *sum.errors.entry(why.clone()).or_default() += count;
    }
    for (class, count) in &found.classes {
        *sum.classes.entry(class.clone()).or_default() += count;
    }
    for (rule, count) in &found.rules {
        *sum.rules.entry(rule).or_default() += count;
    }
    sum.flaky.extend(found.flaky.iter().cloned());
    if sum.stopped.is_none() {
        sum.stopped.clone_from(&found.stopped);
    }
}

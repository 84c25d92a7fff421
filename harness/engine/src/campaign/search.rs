//! The search with generated cases: each is played and judged like a hand-written one; what breaks a rule is
//! repeated, shrunk to the differences that matter, and put together with what shows the same.

use super::{Event, Listener, Work};
use crate::generated::{Finding, Flaky, Generated};
use crate::judge::{self, About, Weighed};
use crate::report::Outcome;
use crate::run::Played;
use crate::wire::Wire;
use signoff_rules::rule::Rule;
use signoff_scenarios::Scenario;
use signoff_scenarios::generated::{Candidate, Pairs, Plan, Stage, Tree, Trial};
use std::collections::BTreeSet;

/// What is to be searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// How many cases.
    pub cases: u64,
    /// The index of the first one.
    pub from: u64,
    /// Whether failures are shrunk.
    pub shrink: bool,
    /// The longest time, in milliseconds of the clock that the run is given.
    pub max_ms: Option<u64>,
}

impl Search {
    /// As many cases as every pair of classes and every class alone take: what a run tries unless told otherwise.
    pub fn usual() -> Self {
        let plan = Plan::new(0);
        let cases = plan.length(Stage::Pairs) + plan.length(Stage::Alone);
        Search {
            cases: u64::try_from(cases).unwrap_or(u64::MAX),
            ..Search::default()
        }
    }
}

impl Default for Search {
    fn default() -> Self {
        Search {
            cases: 0,
            from: 0,
            shrink: true,
            max_ms: None,
        }
    }
}

/// How often a failure is repeated before it counts.
const REPEATS: u32 = 2;
/// How many cases are played to shrink one failure.
const SHRINK_STEPS: usize = 400;
/// How many failures are shrunk in one run. Those beyond are counted with what they resemble.
const SHRINKS: usize = 200;

/// What was found of one defect.
struct Group {
    rules: BTreeSet<&'static str>,
    parts: Vec<String>,
    trial: Trial,
    found_with: usize,
    index: u64,
    count: u64,
}

/// A search under way.
struct Progress {
    generated: Generated,
    pairs: Pairs,
    groups: Vec<Group>,
    shrinks: usize,
}

impl Work<'_> {
    /// Tries the cases of the search and adds what they came to. Gives the marks of the pairs that were covered.
    pub(super) async fn search<W: Wire>(
        &mut self,
        wire: &mut W,
        listener: &mut dyn Listener,
        search: &Search,
    ) -> String {
        if search.cases == 0 || self.report.unreachable.is_some() {
            return String::new();
        }
        self.tally.at = usize::MAX;
        let plan = Plan::new(self.campaign.seed);
        let started = (self.elapsed)();
        let before = (self.report.summary.requests, self.report.summary.sign_ins);
        let mut progress = Progress {
            generated: Generated {
                seed: self.campaign.seed,
                ..Generated::default()
            },
            pairs: Pairs::new(),
            groups: Vec::new(),
            shrinks: 0,
        };
        for number in 0..search.cases {
            let spent = (self.elapsed)().saturating_sub(started);
            if search.max_ms.is_some_and(|most| spent >= most) {
                progress.generated.stopped =
                    Some(format!("the time was over after {number} cases"));
                break;
            }
            let Some(candidate) = plan.candidate(search.from + number) else {
                break;
            };
            progress.generated.cases += 1;
            if let Err(why) = self.attempt(wire, search, candidate, &mut progress).await {
                self.report.unreachable = Some(why);
                break;
            }
            listener.hear(&Event::Searched {
                number: number + 1,
                of: search.cases,
                found: progress.groups.len(),
            });
            let most = self.campaign.max_fail;
            if most.is_some_and(|most| progress.groups.len() >= most) {
                progress.generated.stopped = Some("enough was found".to_owned());
                break;
            }
        }
        self.tell(wire, listener, &mut progress).await;
        let mut generated = progress.generated;
        covered(&mut generated, &progress.pairs);
        generated.requests = self.report.summary.requests - before.0;
        generated.sign_ins = self.report.summary.sign_ins - before.1;
        generated.duration_ms = (self.elapsed)().saturating_sub(started);
        self.report.generated = Some(generated);
        progress.pairs.marks()
    }

    /// One case. The error says why the target cannot be searched any further.
    async fn attempt<W: Wire>(
        &mut self,
        wire: &mut W,
        search: &Search,
        candidate: Candidate,
        progress: &mut Progress,
    ) -> Result<(), String> {
        let Candidate { index, tree, .. } = candidate;
        let draft = tree.current();
        let scenario = draft.scenario(format!("generated/{index}"));
        let played = self.play_as(wire, &scenario, false).await;
        if let Some(why) = played.not_applicable {
            *progress.generated.not_applicable.entry(why).or_default() += 1;
            return Ok(());
        }
        if let Some(error) = &played.error {
            return Err(format!("stopped after {}: {}", scenario.id, error.what));
        }
        if let Trial::Draft(draft) = &draft {
            progress.pairs.cover(&draft.classes());
        }
        for name in draft.differences() {
            *progress.generated.classes.entry(name).or_default() += 1;
        }
        let rules = self.rules;
        let weighed = self.weigh(wire, &scenario, &played, rules, false).await;
        self.forget_controls();
        let broken = self.count(&weighed, &mut progress.generated);
        if broken.is_empty() {
            return Ok(());
        }
        let steady = self.repeated(wire, &draft, &broken).await;
        let flaky: Vec<&'static str> = broken.difference(&steady).copied().collect();
        if !flaky.is_empty() {
            progress.generated.flaky.push(Flaky {
                rules: flaky,
                index,
                repeated: REPEATS,
            });
        }
        if !steady.is_empty() {
            self.found(wire, search, (index, tree), steady, progress)
                .await;
        }
        Ok(())
    }

    /// Adds the judgements up; gives the rules that are broken.
    fn count(
        &mut self,
        weighed: &[(&'static Rule, Weighed)],
        generated: &mut Generated,
    ) -> BTreeSet<&'static str> {
        let mut broken = BTreeSet::new();
        for (rule, weighed) in weighed {
            let sum = match weighed.outcome {
                Outcome::Kept => &mut generated.kept,
                Outcome::Undecided => &mut generated.undecided,
                Outcome::Known => &mut generated.known,
                Outcome::Violated => {
                    broken.insert(rule.id);
                    &mut generated.violated
                }
                Outcome::NotApplicable | Outcome::Baselined | Outcome::Stale => continue,
            };
            *sum += 1;
            if weighed.outcome != Outcome::Undecided {
                *generated.rules.entry(rule.id).or_default() += 1;
                self.tally.decide(rule.id);
            }
            if let Some(at) = weighed.excused_by {
                self.tally.excuse(at, rule.id);
            }
        }
        broken
    }

    /// Only the orderly twins serve other cases too; keeping more would let the memory grow.
    fn forget_controls(&mut self) {
        self.twins.retain(|key, _| key.starts_with("Orderly"));
    }

    /// Those of the rules that are broken every time the case is repeated. A target in memory answers the
    /// same to the same.
    async fn repeated<W: Wire>(
        &mut self,
        wire: &mut W,
        trial: &Trial,
        broken: &BTreeSet<&'static str>,
    ) -> BTreeSet<&'static str> {
        let mut steady = broken.clone();
        if !self.campaign.target.real {
            return steady;
        }
        for _ in 0..REPEATS {
            steady = self.broken_by(wire, trial, &steady).await;
        }
        steady
    }

    /// Which of these rules the draft breaks.
    async fn broken_by<W: Wire>(
        &mut self,
        wire: &mut W,
        trial: &Trial,
        among: &BTreeSet<&'static str>,
    ) -> BTreeSet<&'static str> {
        let scenario = trial.scenario("generated/shrinking");
        let played = self.play_as(wire, &scenario, false).await;
        if played.not_applicable.is_some() || played.error.is_some() {
            return BTreeSet::new();
        }
        let rules = self.rules.iter().copied();
        let rules: Vec<&'static Rule> = rules.filter(|rule| among.contains(rule.id)).collect();
        let weighed = self.weigh(wire, &scenario, &played, &rules, false).await;
        self.forget_controls();
        weighed
            .into_iter()
            .filter(|(_, weighed)| weighed.outcome == Outcome::Violated)
            .map(|(rule, _)| rule.id)
            .collect()
    }

    /// Puts a failure to the defect that it shows, shrinking it where none is known yet.
    async fn found<W: Wire>(
        &mut self,
        wire: &mut W,
        search: &Search,
        (index, tree): (u64, Tree),
        mut rules: BTreeSet<&'static str>,
        progress: &mut Progress,
    ) {
        let draft = tree.current();
        let found_with = draft.differences().len();
        if search.shrink {
            self.explained(wire, &tree, &mut rules, progress).await;
        }
        if matches!(tree, Tree::Sequence(_)) {
            progress.put_to_plainer(&mut rules);
        }
        let mut tree = Some(tree);
        while let Some(rule) = rules.first().copied() {
            let spare = progress.shrinks < SHRINKS && search.shrink;
            let (small, broken) = match tree.take().filter(|_| spare) {
                Some(tree) => {
                    progress.shrinks += 1;
                    let small = self.shrunk(wire, tree, rule).await;
                    let broken = self.broken_by(wire, &small, &rules).await;
                    (small, broken)
                }
                None => (draft.clone(), rules.clone()),
            };
            rules.remove(rule);
            rules.retain(|rule| !broken.contains(rule));
            let group = Group {
                rules: broken.into_iter().chain([rule]).collect(),
                parts: small.parts(),
                trial: small,
                found_with,
                index,
                count: 1,
            };
            progress.add(group);
            if !rules.is_empty() && search.shrink {
                tree = Plan::new(self.campaign.seed)
                    .candidate(index)
                    .map(|candidate| candidate.tree);
            }
        }
    }

    /// Takes the rules away whose breach a known defect explains: with its differences alone, taken from
    /// this case, they are broken too.
    async fn explained<W: Wire>(
        &mut self,
        wire: &mut W,
        tree: &Tree,
        rules: &mut BTreeSet<&'static str>,
        progress: &mut Progress,
    ) {
        let mine = tree.current().parts();
        for at in 0..progress.groups.len() {
            let group = &progress.groups[at];
            let alike = group.parts.iter().all(|part| mine.contains(part))
                && !group.rules.is_disjoint(rules);
            let Some(only) = alike.then(|| tree.only(&group.parts)).flatten() else {
                continue;
            };
            let broken = self.broken_by(wire, &only, rules).await;
            if broken.is_empty() {
                continue;
            }
            rules.retain(|rule| !broken.contains(rule));
            let group = &mut progress.groups[at];
            group.count += 1;
            group.rules.extend(broken);
        }
    }

    /// The draft with only the differences that matter for this rule.
    async fn shrunk<W: Wire>(&mut self, wire: &mut W, mut tree: Tree, rule: &'static str) -> Trial {
        let among = BTreeSet::from([rule]);
        let mut best = tree.current();
        let mut steps = 0;
        while steps < SHRINK_STEPS && tree.simplify() {
            loop {
                let current = tree.current();
                if current == best {
                    break;
                }
                steps += 1;
                if !self.broken_by(wire, &current, &among).await.is_empty() {
                    best = current;
                    break;
                }
                if steps >= SHRINK_STEPS || !tree.complicate() {
                    return best;
                }
            }
        }
        best
    }

    /// Plays the shortest example of each defect once more, with everything a reader needs.
    async fn tell<W: Wire>(
        &mut self,
        wire: &mut W,
        listener: &mut dyn Listener,
        progress: &mut Progress,
    ) {
        progress.settle();
        let groups = std::mem::take(&mut progress.groups);
        let mut names: BTreeSet<String> = BTreeSet::new();
        for (number, group) in groups.into_iter().enumerate() {
            let scenario = named(&group.trial, &mut names);
            let started = (self.elapsed)();
            let played = self.play(wire, &scenario).await;
            let rules = self.rules.iter().copied();
            let rules: Vec<&'static Rule> =
                rules.filter(|rule| group.rules.contains(rule.id)).collect();
            let weighed = self.weigh(wire, &scenario, &played, &rules, false).await;
            self.forget_controls();
            let finding = finding(&group, &scenario, &weighed, &played);
            let mut judgements = Vec::new();
            for (rule, weighed) in weighed {
                if weighed.outcome != Outcome::Violated {
                    continue;
                }
                let mask = |text: &str| played.names.mask(text);
                let target = &self.campaign.target;
                let about = About::target(target);
                let mut judgement = judge::judgement(rule, about, &scenario.id, weighed, mask);
                judgement.generated = true;
                let seen = judgement.actual.unwrap_or_default();
                judgement.actual = Some(format!("{seen} ({})", found_how(&finding)));
                judgement.repeat = format!(
                    "signoff run --case {} --seed {} {}",
                    group.index, self.campaign.seed, target.repeat_with
                );
                judgements.push(judgement);
            }
            let duration = (self.elapsed)().saturating_sub(started);
            let case = super::case_report(&scenario, &played, duration);
            self.finish(case, judgements, number + 1, listener);
            progress.generated.findings.push(finding);
        }
    }
}

impl Progress {
    /// What breaks a rule that a plainer case breaks already is put to that: a sequence has many ways to show one defect.
    fn put_to_plainer(&mut self, rules: &mut BTreeSet<&'static str>) {
        for group in &mut self.groups {
            let before = rules.len();
            rules.retain(|rule| !group.rules.contains(rule));
            if rules.len() < before {
                group.count += 1;
            }
        }
    }

    /// What more differences show than fewer of the same is no defect of its own: the rules that the fewer break are
    /// theirs.
    fn settle(&mut self) {
        let plainer: Vec<(Vec<String>, BTreeSet<&'static str>)> = self
            .groups
            .iter()
            .map(|group| (group.parts.clone(), group.rules.clone()))
            .collect();
        for group in &mut self.groups {
            for (parts, rules) in &plainer {
                let within = parts.len() < group.parts.len()
                    && parts.iter().all(|part| group.parts.contains(part));
                if within {
                    group.rules.retain(|rule| !rules.contains(rule));
                }
            }
        }
        self.groups.retain(|group| !group.rules.is_empty());
    }

    /// The same differences are the same defect: counted once more, the shorter example kept.
    fn add(&mut self, group: Group) {
        let same = self
            .groups
            .iter_mut()
            .find(|known| known.parts == group.parts && !known.rules.is_disjoint(&group.rules));
        match same {
            Some(known) => {
                known.count += 1;
                known.rules.extend(group.rules);
            }
            None => self.groups.push(group),
        }
    }
}

/// The example under a name made from what it shows.
fn named(trial: &Trial, names: &mut BTreeSet<String>) -> Scenario {
    let parts: Vec<String> = trial
        .differences()
        .iter()
        .map(|difference| difference.trim_start_matches("move ").replace(' ', "-"))
        .collect();
    let base = if parts.is_empty() {
        "generated/orderly".to_owned()
    } else {
        format!("generated/{}", parts.join("/"))
    };
    let mut id = base.clone();
    for further in 2.. {
        if names.insert(id.clone()) {
            break;
        }
        id = format!("{base}-{further}");
    }
    trial.scenario(id)
}

fn finding(
    group: &Group,
    scenario: &Scenario,
    weighed: &[(&'static Rule, Weighed)],
    played: &Played,
) -> Finding {
    let first = weighed
        .iter()
        .map(|(_, weighed)| weighed)
        .find(|weighed| weighed.outcome == Outcome::Violated);
    let actual = first.and_then(|weighed| weighed.actual.as_deref());
    Finding {
        rules: group.rules.iter().copied().collect(),
        scenario: scenario.clone(),
        differences: group.trial.differences(),
        found_with: group.found_with,
        index: group.index,
        count: group.count,
        expected: first.map_or_else(Vec::new, |weighed| weighed.expected.clone()),
        actual: actual.map(|text| played.names.mask(text)),
    }
}

/// `shrunk from 7 differences to 1; shown by 12 cases`.
fn found_how(finding: &Finding) -> String {
    let count = match finding.count {
        1 => "1 case".to_owned(),
        count => format!("{count} cases"),
    };
    format!(
        "shrunk from {} differences to {}; shown by {count}",
        finding.found_with,
        finding.differences.len()
    )
}

/// The coverage in figures and words.
pub(super) fn covered(generated: &mut Generated, pairs: &Pairs) {
    generated.pairs_infeasible.clear();
    generated.pairs_covered = pairs.covered();
    generated.pairs_feasible = pairs.feasible();
    for pair in pairs.infeasible() {
        let reason = pair.reason.to_owned();
        *generated.pairs_infeasible.entry(reason).or_default() += 1;
    }
    let missing = pairs.missing().take(100);
    generated.pairs_missing = missing
        .map(signoff_scenarios::generated::in_words)
        .collect();
}

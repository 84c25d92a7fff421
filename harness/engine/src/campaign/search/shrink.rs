//! What is done with a failure: it is repeated, put to a defect that is known, or shrunk to the differences that matter.

use super::defects::Group;
use super::{Progress, Search, Work};
use crate::generated::Flaky;
use crate::report::Outcome;
use crate::wire::Wire;
use signoff_rules::rule::Rule;
use signoff_scenarios::generated::{Plan, Tree, Trial};
use std::collections::{BTreeMap, BTreeSet};

/// How often a failure is repeated before it counts.
const REPEATS: u32 = 2;
/// How many cases are played to shrink one failure.
const SHRINK_STEPS: usize = 400;
/// How many failures are shrunk in one run. Those beyond are counted with what they resemble.
const SHRINKS: usize = 200;

impl Work<'_> {
    /// Those of the rules that are broken every time the case is repeated; the others are noted as flaky. A target in
    /// memory answers the same to the same.
    pub(super) async fn repeated<W: Wire>(
        &mut self,
        wire: &mut W,
        (index, trial): (u64, &Trial),
        broken: BTreeSet<&'static str>,
        progress: &mut Progress,
    ) -> BTreeSet<&'static str> {
        if !self.campaign.target.real {
            return broken;
        }
        let mut times: BTreeMap<&'static str, u32> = broken.iter().map(|rule| (*rule, 1)).collect();
        for _ in 0..REPEATS {
            for rule in self.broken_by(wire, trial, &broken, progress).await {
                *times.entry(rule).or_default() += 1;
            }
        }
        let steady = broken
            .iter()
            .copied()
            .filter(|rule| times.get(rule) == Some(&(REPEATS + 1)))
            .collect();
        let flaky = broken.difference(&steady).copied();
        for rule in flaky {
            progress.generated.flaky.push(Flaky {
                rule,
                index,
                broken: times.get(rule).copied().unwrap_or_default(),
                played: REPEATS + 1,
            });
        }
        steady
    }

    /// Which of these rules the trial breaks; none when the time is over or the target is gone. Every play begins
    /// afresh, with cookies, sign-ins and values of its own.
    pub(super) async fn broken_by<W: Wire>(
        &mut self,
        wire: &mut W,
        trial: &Trial,
        among: &BTreeSet<&'static str>,
        progress: &mut Progress,
    ) -> BTreeSet<&'static str> {
        if progress.gone.is_some() {
            return BTreeSet::new();
        }
        progress.again += 1;
        let scenario = trial.scenario(format!("generated/again/{}", progress.again));
        let played = self.play_as(wire, &scenario, false).await;
        if let Some(error) = &played.error {
            progress.gone = error.unreachable.then(|| error.what.clone());
            return BTreeSet::new();
        }
        if played.not_applicable.is_some() {
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
    pub(super) async fn found<W: Wire>(
        &mut self,
        wire: &mut W,
        search: &Search,
        (index, tree): (u64, Tree),
        mut rules: BTreeSet<&'static str>,
        progress: &mut Progress,
    ) {
        let trial = tree.current();
        let found_with = trial.differences().len();
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
                    let small = self.shrunk(wire, search, tree, rule, progress).await;
                    let broken = self.broken_by(wire, &small, &rules, progress).await;
                    (small, broken)
                }
                None => (trial.clone(), rules.clone()),
            };
            rules.remove(rule);
            rules.retain(|rule| !broken.contains(rule));
            progress.add(Group {
                rules: broken.into_iter().chain([rule]).collect(),
                parts: small.parts(),
                trial: small,
                found_with,
                index,
                count: 1,
            });
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
            let broken = self.broken_by(wire, &only, rules, progress).await;
            if broken.is_empty() {
                continue;
            }
            rules.retain(|rule| !broken.contains(rule));
            let group = &mut progress.groups[at];
            group.count += 1;
            group.rules.extend(broken);
        }
    }

    /// The trial with only the differences that matter for this rule, as far as steps and time suffice.
    async fn shrunk<W: Wire>(
        &mut self,
        wire: &mut W,
        search: &Search,
        mut tree: Tree,
        rule: &'static str,
        progress: &mut Progress,
    ) -> Trial {
        let among = BTreeSet::from([rule]);
        let mut best = tree.current();
        let mut steps = 0;
        while tree.simplify() {
            loop {
                let current = tree.current();
                if current == best {
                    break;
                }
                let spent = (self.elapsed)().saturating_sub(progress.started);
                let over = search.max_ms.is_some_and(|most| spent >= most);
                if over || steps >= SHRINK_STEPS || progress.gone.is_some() {
                    return best;
                }
                steps += 1;
                let broken = self.broken_by(wire, &current, &among, progress).await;
                if !broken.is_empty() {
                    best = current;
                    break;
                }
                if !tree.complicate() {
                    return best;
                }
            }
        }
        best
    }
}

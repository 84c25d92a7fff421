//! The search with generated cases: each is played and judged like a hand-written one; what breaks a rule is
//! repeated, shrunk to the differences that matter, and put together with what shows the same.

mod defects;
mod shrink;

use self::defects::Group;
use super::{Event, Listener, Work};
use crate::generated::Generated;
use crate::judge::Weighed;
use crate::report::Outcome;
use crate::wire::Wire;
use signoff_rules::rule::Rule;
use signoff_scenarios::generated::{Candidate, Pairs, Plan, Stage, Trial};
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

/// A search under way.
struct Progress {
    generated: Generated,
    pairs: Pairs,
    groups: Vec<Group>,
    shrinks: usize,
    /// When it began, by the clock of the run.
    started: u64,
    /// How many trials were played again.
    again: u64,
    /// How many cases in a row could not be played.
    errors: u32,
    /// Why the target cannot be searched any further.
    gone: Option<String>,
}

/// How many cases in a row may fail to be played before the search ends: an account could be locked.
const MOST_ERRORS: u32 = 2;

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
            started,
            again: 0,
            errors: 0,
            gone: None,
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
            self.attempt(wire, search, candidate, &mut progress).await;
            if let Some(why) = progress.gone.take() {
                let last = search.from + number;
                self.report.unreachable = Some(format!("stopped after generated/{last}: {why}"));
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

    /// One case.
    async fn attempt<W: Wire>(
        &mut self,
        wire: &mut W,
        search: &Search,
        candidate: Candidate,
        progress: &mut Progress,
    ) {
        let Candidate { index, tree, .. } = candidate;
        let trial = tree.current();
        let scenario = trial.scenario(format!("generated/{index}"));
        let played = self.play_as(wire, &scenario, false).await;
        if let Some(why) = played.not_applicable {
            *progress.generated.not_applicable.entry(why).or_default() += 1;
            return;
        }
        if let Some(error) = &played.error {
            progress.failed(&played.names.mask(&error.what), error.unreachable);
            return;
        }
        progress.errors = 0;
        if let Trial::Draft(draft) = &trial {
            progress.pairs.cover(&draft.classes());
        }
        for name in trial.differences() {
            *progress.generated.classes.entry(name).or_default() += 1;
        }
        let rules = self.rules;
        let weighed = self.weigh(wire, &scenario, &played, rules, false).await;
        self.forget_controls();
        let broken = self.count(&weighed, &mut progress.generated);
        if broken.is_empty() {
            return;
        }
        let steady = self.repeated(wire, (index, &trial), broken, progress).await;
        if !steady.is_empty() {
            self.found(wire, search, (index, tree), steady, progress)
                .await;
        }
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
}

impl Progress {
    /// A case could not be played. The next one may; two in a row, or a target that is gone, end the search.
    fn failed(&mut self, why: &str, unreachable: bool) {
        self.errors += 1;
        *self.generated.errors.entry(why.to_owned()).or_default() += 1;
        if unreachable || self.errors >= MOST_ERRORS {
            self.gone = Some(why.to_owned());
        }
    }
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

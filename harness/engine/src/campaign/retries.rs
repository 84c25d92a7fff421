//! Repetitions: what does not show every time is flaky, and no finding.

use super::Work;
use crate::judge::Weighed;
use crate::report::{FlakyCase, Outcome};
use crate::run::Played;
use crate::wire::Wire;
use signoff_rules::rule::Rule;
use signoff_scenarios::Scenario;

impl Work<'_> {
    /// Plays a case, and again while the network loses it. A sign-in that is refused is not repeated: that could lock
    /// the account.
    pub(super) async fn play_again_if_lost<W: Wire>(
        &mut self,
        wire: &mut W,
        scenario: &Scenario,
    ) -> Played {
        let mut played = self.play(wire, scenario).await;
        let first = played.error.clone();
        for repetition in 1..=self.retries {
            let lost = played.error.as_ref().is_some_and(|error| error.unreachable);
            if !lost {
                break;
            }
            played = self.play(wire, &again(scenario, repetition)).await;
            if let (None, Some(first)) = (&played.error, &first) {
                self.report.flaky.push(FlakyCase {
                    scenario: scenario.id.clone(),
                    rule: None,
                    first: played.names.mask(&first.what),
                    repetition,
                    then: "it was played to its end".to_owned(),
                });
            }
        }
        played
    }

    /// Repeats a case that breaks rules, with controls of its own. A rule that some repetition keeps is undecided.
    pub(super) async fn doubt<W: Wire>(
        &mut self,
        wire: &mut W,
        scenario: &Scenario,
        played: &Played,
        weighed: &mut [(&'static Rule, Weighed)],
    ) {
        for repetition in 1..=self.retries {
            let broken = weighed
                .iter()
                .filter(|(_, found)| found.outcome == Outcome::Violated);
            let broken: Vec<&'static Rule> = broken.map(|(rule, _)| *rule).collect();
            if broken.is_empty() {
                return;
            }
            self.twins.clear();
            let scenario_again = again(scenario, repetition);
            let replayed = self.play(wire, &scenario_again).await;
            if replayed.error.is_some() || replayed.not_applicable.is_some() {
                // What was not played says nothing about what was seen.
                continue;
            }
            let once_more = self
                .weigh(wire, &scenario_again, &replayed, &broken, false)
                .await;
            let otherwise = once_more
                .into_iter()
                .filter(|(_, found)| matches!(found.outcome, Outcome::Kept | Outcome::Known));
            for (rule, found) in otherwise {
                let first = weighed.iter_mut().find(|(known, _)| known.id == rule.id);
                if let Some((_, first)) = first {
                    let seen = first.actual.take().unwrap_or_default();
                    let flaky = FlakyCase {
                        scenario: scenario.id.clone(),
                        rule: Some(rule.id.to_owned()),
                        first: played.names.mask(&format!("broken at first: {seen}")),
                        repetition,
                        then: found.outcome.word().to_owned(),
                    };
                    *first = Weighed {
                        outcome: Outcome::Undecided,
                        expected: Vec::new(),
                        actual: None,
                        reason: Some(format!(
                            "flaky: {}; repetition {repetition}: {}",
                            flaky.first, flaky.then
                        )),
                        excused_by: None,
                    };
                    self.report.flaky.push(flaky);
                }
            }
        }
    }
}

/// The case under a name of its own, from which its random values are drawn: nothing is sent twice.
fn again(scenario: &Scenario, repetition: u32) -> Scenario {
    Scenario {
        id: format!("{} (repetition {repetition})", scenario.id),
        ..scenario.clone()
    }
}

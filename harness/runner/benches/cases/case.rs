//! The case: `hint/valid` is played and judged by every rule that speaks for the target.

use std::hint::black_box;

use signoff_runner::engine::campaign::{Prepared, prepare};
use signoff_runner::engine::judge::{self, Subject, Wanted};
use signoff_runner::engine::run::{self, Played, Stage};
use signoff_runner::engine::{Campaign, FailOn, Judgement, Outcome, Selection, Target, Wire};
use signoff_runner::rules::deviation::Deviation;
use signoff_runner::rules::rule::{Judge, Rule};
use signoff_runner::rules::{Control, Controls};
use signoff_runner::scenarios::{self, Scenario, Step};

/// The orderly request, by which every other is measured.
const SCENARIO: &str = "hint/valid";

/// What a run has at hand when it comes to a case.
pub(crate) struct Case {
    target: Target,
    prepared: Prepared,
    scenario: Scenario,
    rules: Vec<&'static Rule>,
    deviations: Vec<Deviation>,
    /// A run makes each control once, for whichever case asks first.
    controls: Controls,
}

impl Case {
    /// Reads the metadata, signs in a first time, and makes the controls.
    pub(crate) async fn prepare<W: Wire>(wire: &mut W, target: &Target) -> Self {
        let campaign = Campaign {
            target: target.clone(),
            selection: Selection::all(),
            seed: 0,
            fail_on: FailOn::default(),
            faults: Vec::new(),
            max_fail: None,
            baseline: None,
            transcripts: true,
            search: None,
        };
        let scenario = scenarios::catalogue()
            .into_iter()
            .find(|scenario| scenario.id == SCENARIO);
        let mut case = Case {
            prepared: prepare(wire, target, 0).await.expect("the target signs in"),
            target: campaign.target.clone(),
            scenario: scenario.expect("the scenario is in the catalogue"),
            rules: campaign.rules(),
            deviations: campaign
                .deviations()
                .expect("the dialect's deviations are good"),
            controls: Controls::new(),
        };
        let mut seed = 1;
        while let Err(Wanted(control)) = case.judged(&case.played(wire, &case.scenario, seed).await)
        {
            seed += 1;
            let twin = case.played(wire, &case.twin(control), seed).await;
            seed += 1;
            case.controls.insert(control, judge::twin(twin.record, 0));
        }
        case
    }

    /// The case from its first request to the last ruling. A target that lives on must not see a seed twice.
    pub(crate) async fn run<W: Wire>(&self, wire: &mut W, seed: u64) -> Vec<Judgement> {
        let played = self.played(wire, &self.scenario, seed).await;
        let judgements = self.judged(&played);
        black_box(judgements.unwrap_or_else(|Wanted(control)| {
            panic!("{} was not made beforehand", control.describe())
        }))
    }

    async fn played<W: Wire>(&self, wire: &mut W, scenario: &Scenario, seed: u64) -> Played {
        let stage = Stage {
            target: &self.target,
            world: &self.prepared.world,
            foreign_id_token: self.prepared.foreign_id_token.as_deref(),
            transcribe: true,
        };
        let played = run::play(wire, &stage, scenario, seed).await;
        assert_eq!(played.error, None, "the case can be played");
        played
    }

    fn judged(&self, played: &Played) -> Result<Vec<Judgement>, Wanted> {
        let subject = Subject {
            target: &self.target,
            world: &self.prepared.world,
            record: &played.record,
            index: 0,
            controls: &self.controls,
            deviations: &self.deviations,
        };
        let mut judgements = Vec::new();
        for rule in &self.rules {
            if !matches!(rule.judge, Judge::SignOff(_)) {
                continue;
            }
            let weighed = subject.judge(rule)?;
            if weighed.outcome != Outcome::NotApplicable {
                let mask = |text: &str| played.names.mask(text);
                let id = &self.scenario.id;
                judgements.push(judge::judgement(
                    rule,
                    judge::About::target(&self.target),
                    id,
                    weighed,
                    mask,
                ));
            }
        }
        Ok(judgements)
    }

    /// The scenario that serves as this control. The case is orderly and sends nothing that could be left out.
    fn twin(&self, control: Control) -> Scenario {
        let mut twin = self.scenario.clone();
        if control == Control::OtherMethod {
            for step in &mut twin.steps {
                if let Step::SignOff(intent) = step {
                    *intent = intent.clone().by_post();
                }
            }
        }
        twin
    }
}

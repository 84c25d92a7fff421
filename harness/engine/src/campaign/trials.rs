//! The trials of other endpoints, each once a run and only where a rule asks for it.

use super::{Listener, Work};
use crate::judge::{self, About};
use crate::report::CaseReport;
use crate::run::{self, Stage};
use crate::wire::Wire;
use signoff_rules::rule::Rule;
use signoff_rules::{Judge, Trial, Trials, Tried};

impl Work<'_> {
    pub(super) async fn trials<W: Wire>(&mut self, wire: &mut W, listener: &mut dyn Listener) {
        let mut trials = Trials::default();
        for trial in Trial::ALL {
            if self.rules.iter().any(|rule| is_of(rule, trial)) {
                self.trial(wire, listener, trial, &mut trials).await;
            }
        }
    }

    async fn trial<W: Wire>(
        &mut self,
        wire: &mut W,
        listener: &mut dyn Listener,
        trial: Trial,
        trials: &mut Trials,
    ) {
        let started = (self.elapsed)();
        let stage = Stage {
            target: &self.campaign.target,
            world: &self.prepared.world,
            foreign_id_token: None,
            transcribe: self.campaign.transcripts,
        };
        let seed = self.campaign.case_seed(trial.id());
        let made = run::trials::attempt(wire, &stage, trial, seed, trials).await;
        self.report.summary.requests += made.requests;
        self.report.summary.sign_ins += made.sign_ins;
        let mut judgements = Vec::new();
        for rule in self.rules {
            if let Some(weighed) = judge::judge_trial(rule, trial, trials) {
                self.tally.count(rule, &weighed, trial.id());
                judgements.push(judge::judgement(
                    rule,
                    About::target(&self.campaign.target),
                    trial.id(),
                    weighed,
                    |text| made.names.mask(text),
                ));
            }
        }
        let (not_applicable, error) = match trial {
            Trial::Registration => reasons(&trials.registration),
            Trial::Revocation => reasons(&trials.revocation),
            Trial::SilentRequests => reasons(&trials.silent),
        };
        let case = CaseReport {
            scenario: trial.id().to_owned(),
            purpose: trial.purpose().to_owned(),
            not_applicable,
            error: error.map(|why| made.names.mask(&why)),
            transcript: made.transcript.join("\n"),
            curl: None,
            behaviour: String::new(),
            duration_ms: (self.elapsed)().saturating_sub(started),
        };
        self.finish(case, judgements, 0, listener);
    }
}

fn is_of(rule: &Rule, trial: Trial) -> bool {
    matches!(rule.judge, Judge::Trial(of, _) if of == trial)
}

/// Why it does not apply, and why it could not be made.
fn reasons<T>(tried: &Tried<T>) -> (Option<String>, Option<String>) {
    match tried {
        Tried::Not(why) => (Some(why.clone()), None),
        Tried::Failed(why) => (None, Some(why.clone())),
        Tried::Made(_) => (None, None),
    }
}

//! Applies the rules to what was played, runs the controls they ask for, and weighs declared deviations.

use crate::report::{Judgement, Outcome};
use crate::target::Target;
use signoff_oidc::spec::Severity;
use signoff_rules::deviation::{Deviation, NEVER_WAIVED};
use signoff_rules::record::SignedIn;
use signoff_rules::rule::{Grade, Judge, Rule, Scope};
use signoff_rules::{
    Control, Controls, DiscoveryView, Record, Ruling, SignOff, Stop, Trial, Trials, Twin, World,
};

/// The ruling of one rule on one attempt, deviations weighed.
#[derive(Debug, Clone)]
pub struct Weighed {
    /// The outcome.
    pub outcome: Outcome,
    /// What would have been right.
    pub expected: Vec<String>,
    /// What was seen.
    pub actual: Option<String>,
    /// Why undecided, known or stale.
    pub reason: Option<String>,
    /// Which of the declared deviations explains a known one.
    pub excused_by: Option<usize>,
}

impl Weighed {
    fn new(outcome: Outcome, reason: Option<String>) -> Self {
        Weighed {
            outcome,
            expected: Vec::new(),
            actual: None,
            reason,
            excused_by: None,
        }
    }
}

/// A control that a ruling asks for, so that the run makes it and judges again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted(pub Control);

/// One attempt of a case, with what its rulings stand on.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The target.
    pub target: &'a Target,
    /// Its metadata and registrations.
    pub world: &'a World,
    /// The case.
    pub record: &'a Record,
    /// Which attempt.
    pub index: usize,
    /// What was run beside it.
    pub controls: &'a Controls,
    /// The differences that are declared for the target.
    pub deviations: &'a [Deviation],
}

impl Subject<'_> {
    /// Judges the attempt by one rule.
    pub fn judge(&self, rule: &Rule) -> Result<Weighed, Wanted> {
        let sign_off = SignOff {
            world: self.world,
            record: self.record,
            index: self.index,
            controls: self.controls,
        };
        match rule.ruling(&sign_off) {
            Err(Stop::Wants(control)) => Err(Wanted(control)),
            Err(Stop::NotMine(why)) => Ok(Weighed::new(Outcome::NotApplicable, Some(why))),
            Err(Stop::Undecided(why)) => Ok(Weighed::new(Outcome::Undecided, Some(why))),
            Ok(_) => Ok(Weighed::new(Outcome::Kept, None)),
            Err(Stop::Violated(finding)) => {
                let excuse = self.excuse(rule, &sign_off)?;
                let reason = |at: usize| {
                    let deviation = &self.deviations[at];
                    format!(
                        "{} ({}, {})",
                        deviation.reason,
                        deviation.source,
                        deviation.grade.word()
                    )
                };
                Ok(Weighed {
                    outcome: if excuse.is_some() {
                        Outcome::Known
                    } else {
                        Outcome::Violated
                    },
                    expected: finding.expected,
                    actual: Some(finding.actual),
                    reason: excuse.map(reason),
                    excused_by: excuse,
                })
            }
        }
    }

    /// The deviation that explains this violation on this sign-off.
    fn excuse(&self, rule: &Rule, sign_off: &SignOff<'_>) -> Result<Option<usize>, Wanted> {
        let facts = sign_off.facts();
        let anywhere = facts
            .get("redirect.registered")
            .is_some_and(|word| word == "nowhere");
        if NEVER_WAIVED.contains(&rule.id) || (rule.id == "RPIL-3-04" && anywhere) {
            return Ok(None);
        }
        for (at, deviation) in self.deviations.iter().enumerate() {
            if touches(deviation, rule)
                && deviation.when.holds(&facts)
                && Self::is_seen(deviation, sign_off)?
            {
                return Ok(Some(at));
            }
        }
        Ok(None)
    }

    /// Whether what the deviation is declared by is seen on this sign-off. A product rule counts when it is
    /// kept here; a rule that wants a control first is run first.
    fn is_seen(deviation: &Deviation, sign_off: &SignOff<'_>) -> Result<bool, Wanted> {
        let wanted = std::cell::Cell::new(None);
        let seen = deviation.by.is_seen(sign_off, |id| {
            let rule = signoff_rules::catalogue::find(id);
            match rule.map(|rule| rule.ruling(sign_off)) {
                Some(Ok(_)) => true,
                Some(Err(Stop::Wants(control))) => {
                    wanted.set(Some(control));
                    false
                }
                Some(Err(_)) | None => false,
            }
        });
        match wanted.get() {
            Some(control) => Err(Wanted(control)),
            None => Ok(seen),
        }
    }
}

/// True when the deviation is declared for this rule.
pub fn touches(deviation: &Deviation, rule: &Rule) -> bool {
    deviation.rules.iter().any(|id| id == rule.id)
}

/// Judges the discovery document by one rule.
pub fn judge_discovery(rule: &Rule, world: &World, sign_in: Option<&SignedIn>) -> Option<Weighed> {
    let Judge::Discovery(judge) = rule.judge else {
        return None;
    };
    Some(once(judge(&DiscoveryView { world, sign_in })))
}

/// Judges what was tried at another endpoint by one rule of this trial.
pub fn judge_trial(rule: &Rule, trial: Trial, trials: &Trials) -> Option<Weighed> {
    match rule.judge {
        Judge::Trial(of, judge) if of == trial => Some(once(judge(trials))),
        _ => None,
    }
}

/// A ruling that is made once a run, beside no sign-off: there are no controls to ask for, and no deviations.
fn once(ruling: Ruling) -> Weighed {
    match ruling {
        Ok(_) => Weighed::new(Outcome::Kept, None),
        Err(Stop::NotMine(why)) => Weighed::new(Outcome::NotApplicable, Some(why)),
        Err(Stop::Undecided(why)) => Weighed::new(Outcome::Undecided, Some(why)),
        Err(Stop::Wants(_)) => Weighed::new(
            Outcome::Undecided,
            Some("a rule that looks once a run cannot ask for a control".to_owned()),
        ),
        Err(Stop::Violated(finding)) => Weighed {
            outcome: Outcome::Violated,
            expected: finding.expected,
            actual: Some(finding.actual),
            reason: None,
            excused_by: None,
        },
    }
}

/// What a violation counts as on this target: a product's own sentence that is only inferred or reported by
/// users is noted on a real target, never held against it.
pub fn severity(rule: &Rule, real: bool) -> Severity {
    let doubtful = matches!(rule.grade, Grade::UserReport | Grade::Inferred)
        && matches!(rule.scope, Scope::Product { .. });
    if real && doubtful {
        Severity::Note
    } else {
        rule.severity()
    }
}

/// The judgement of a rule on a case from those on its attempts: the worst counts.
pub fn worst(attempts: Vec<Weighed>) -> Weighed {
    let none = Weighed::new(
        Outcome::NotApplicable,
        Some("no sign-off was made".to_owned()),
    );
    attempts
        .into_iter()
        .reduce(|worst, next| {
            if next.outcome > worst.outcome {
                next
            } else {
                worst
            }
        })
        .unwrap_or(none)
}

/// What a judgement says of the target.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// True for an IdP that is not our own mock.
    pub real: bool,
    /// The words with which a case is repeated there.
    pub repeat_with: &'a str,
}

impl<'a> About<'a> {
    /// What is to be said of this target.
    pub fn target(target: &'a Target) -> Self {
        About {
            real: target.real,
            repeat_with: &target.repeat_with,
        }
    }
}

/// A judgement for reports.
pub fn judgement(
    rule: &'static Rule,
    about: About<'_>,
    scenario: &str,
    weighed: Weighed,
    mask: impl Fn(&str) -> String,
) -> Judgement {
    let masked = |text: Option<String>| text.map(|text| mask(&text));
    Judgement {
        rule: rule.id,
        name: rule.name,
        level: rule.level,
        severity: severity(rule, about.real),
        source: rule.source.to_string(),
        outcome: weighed.outcome,
        scenario: scenario.to_owned(),
        generated: false,
        expected: weighed.expected,
        actual: masked(weighed.actual),
        reason: masked(weighed.reason),
        repeat: format!("signoff run {scenario} {}", about.repeat_with)
            .trim_end()
            .to_owned(),
    }
}

/// A finished control for the map of a case.
pub fn twin(record: Record, index: usize) -> Option<Twin> {
    (index < record.attempts.len()).then_some(Twin { record, index })
}

//! The controls beside a case, and what a rule says of it.

use super::{Case, HINT, OUT, Session, TARGET, error, redirect};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Stop};
use crate::sign_off::{Control, SignOff, Twin};

super::assertions::assertions!(Case);

impl Case {
    /// A control: the last sign-off of another case.
    pub(crate) fn control(mut self, control: Control, run: Case) -> Self {
        let index = run.record.attempts.len() - 1;
        let record = run.record;
        self.controls.insert(control, Some(Twin { record, index }));
        self
    }

    /// A control that cannot be run on this target.
    pub(crate) fn without_control(mut self, control: Control) -> Self {
        self.controls.insert(control, None);
        self
    }

    /// Beside an orderly twin that was honoured and ended its session.
    pub(crate) fn orderly_worked(self) -> Self {
        let twin = Case::new().get(&[("id_token_hint", HINT), TARGET]);
        self.control(
            Control::Orderly,
            twin.gets(redirect(303, OUT)).at_rest(Session::Ended),
        )
    }

    /// Beside an orderly twin that was refused, as by a target that is dead or refuses everything.
    pub(crate) fn orderly_refused(self) -> Self {
        let twin = Case::new().get(&[("id_token_hint", HINT), TARGET]);
        self.control(Control::Orderly, twin.gets(error()))
    }

    /// Beside an orderly twin that got an empty page and kept its session.
    pub(crate) fn orderly_ignored(self) -> Self {
        let twin = Case::new().get(&[("id_token_hint", HINT), TARGET]);
        self.control(Control::Orderly, twin)
    }

    /// What `rule` says of the last sign-off.
    pub(crate) fn judge(&self, rule: &Rule) -> Ruling {
        assert!(
            matches!(rule.judge, Judge::SignOff(_)),
            "{} does not judge sign-offs",
            rule.id
        );
        let ruling = rule.ruling(&self.sign_off());
        if let Err(Stop::Wants(control)) = &ruling {
            assert!(
                rule.needs.contains(control),
                "{} asks for {control:?} without needing it",
                rule.id
            );
        }
        ruling
    }

    /// The last sign-off.
    pub(crate) fn sign_off(&self) -> SignOff<'_> {
        SignOff {
            world: &self.world,
            record: &self.record,
            index: self.record.attempts.len() - 1,
            controls: &self.controls,
        }
    }

    #[track_caller]
    pub(crate) fn assert_wants(&self, rule: &Rule, control: Control) {
        assert_eq!(self.judge(rule), Err(Stop::Wants(control)), "{}", rule.id);
    }
}

//! Evidence: the runs a ruling may stand beside, and the only ways to "kept".

use super::SignOff;
use crate::record::Record;
use crate::ruling::{Finding, Kept, Ruling, Seen, Stop};
use std::collections::BTreeMap;

/// Another run that a ruling stands beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Control {
    /// The orderly twin: same client, same method, the registered URI that this request imitates, a fresh
    /// session, its own hint, and a yes if asked.
    Orderly,
    /// The orderly request at the same address of the IdP, where that is not the `end_session_endpoint`.
    SameDoor,
    /// The same scenario by the other method.
    OtherMethod,
    /// The same scenario without `ui_locales`.
    WithoutUiLocales,
    /// The same scenario without parameters that no specification names.
    WithoutUnknown,
    /// The same scenario with the whole yes, where it asks.
    WholeYes,
}

impl Control {
    /// For reports.
    pub fn describe(self) -> &'static str {
        match self {
            Control::Orderly => "the orderly twin",
            Control::SameDoor => "the orderly request at the same address",
            Control::OtherMethod => "the same request by the other method",
            Control::WithoutUiLocales => "the same request without ui_locales",
            Control::WithoutUnknown => "the same request without unknown parameters",
            Control::WholeYes => "the same request with a whole yes",
        }
    }
}

/// The runs that were made as controls; `None` when a control cannot be run on this target.
pub type Controls = BTreeMap<Control, Option<Twin>>;

/// A run that serves as a control: its record, and which of its attempts corresponds.
#[derive(Debug, Clone)]
pub struct Twin {
    /// The record of the run.
    pub record: Record,
    /// The attempt in it.
    pub index: usize,
}

/// Proof that a control was run and came out well.
#[derive(Debug)]
pub struct Proof(());

impl<'a> SignOff<'a> {
    /// The control's sign-off, or the wish to have it run.
    pub fn control(&self, control: Control) -> Result<SignOff<'a>, Stop> {
        match self.controls.get(&control) {
            None => Err(Stop::Wants(control)),
            Some(None) => Err(Stop::Undecided(format!(
                "{} cannot be run here",
                control.describe()
            ))),
            Some(Some(twin)) => Ok(SignOff {
                world: self.world,
                record: &twin.record,
                index: twin.index,
                controls: self.controls,
            }),
        }
    }

    /// Proof that the control did what an orderly request has to do: `what` is the verb phrase for reports.
    pub fn did(
        &self,
        control: Control,
        seen: impl Fn(&SignOff<'a>) -> Seen,
        what: &str,
    ) -> Result<Proof, Stop> {
        let twin = self.control(control)?;
        match seen(&twin) {
            Seen::Yes(_) => Ok(Proof(())),
            Seen::No(saw) => Err(Stop::Undecided(format!(
                "{} did not {what} ({saw}), so nothing is proven",
                control.describe()
            ))),
            Seen::Unknown(why) => Err(Stop::Undecided(format!(
                "whether {} did {what} cannot be told: {why}",
                control.describe()
            ))),
        }
    }

    /// Proof that needs no other run, because the sign-off itself showed that the IdP works: `seen` has to
    /// be something that a dead or refusing target cannot show.
    pub fn shown(&self, seen: &Seen) -> Result<Proof, Stop> {
        match seen {
            Seen::Yes(_) => Ok(Proof(())),
            Seen::No(what) | Seen::Unknown(what) => Err(Stop::Undecided(what.clone())),
        }
    }

    /// A prohibition: `forbidden` must not have been seen. A violation needs no control; keeping does.
    pub fn must_not(&self, forbidden: Seen, proof: Result<Proof, Stop>, expected: &str) -> Ruling {
        match forbidden {
            Seen::Yes(actual) => Err(Stop::Violated(Finding {
                expected: vec![expected.to_owned()],
                actual,
            })),
            Seen::Unknown(why) => Err(Stop::Undecided(why)),
            Seen::No(_) => proof.map(|Proof(())| Kept::proven()),
        }
    }

    /// A duty: `required` must have been seen. Needs its proof both ways.
    pub fn must(&self, required: Seen, proof: Result<Proof, Stop>, expected: &str) -> Ruling {
        let Proof(()) = proof?;
        match required {
            Seen::Yes(_) => Ok(Kept::proven()),
            Seen::No(actual) => Err(Stop::Violated(Finding {
                expected: vec![expected.to_owned()],
                actual,
            })),
            Seen::Unknown(why) => Err(Stop::Undecided(why)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Control;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_controls_read_alike() {
        let controls = [
            Control::Orderly,
            Control::SameDoor,
            Control::OtherMethod,
            Control::WithoutUiLocales,
            Control::WithoutUnknown,
            Control::WholeYes,
        ];
        let texts = BTreeSet::from(controls.map(Control::describe));
        assert_eq!(texts.len(), controls.len());
    }
}

//! What two runs of the same request are compared by.

use super::SignOff;
use crate::ruling::Seen;

/// What two runs of the same request are compared by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    honoured: Seen,
    left: Seen,
    failed: Seen,
    ended: Seen,
}

impl Effect {
    /// Whether both had the same effect; unknown when some part of either is.
    pub fn same_as(&self, other: &Effect) -> Seen {
        let parts = [
            ("honouring the target", &self.honoured, &other.honoured),
            ("leaving the IdP", &self.left, &other.left),
            ("failing", &self.failed, &other.failed),
            ("ending the session", &self.ended, &other.ended),
        ];
        let mut unknown = None;
        for (what, mine, theirs) in parts {
            match (mine, theirs) {
                (Seen::Unknown(why), _) | (_, Seen::Unknown(why)) => unknown = Some(why.clone()),
                _ if mine.is_yes() == theirs.is_yes() => {}
                _ => {
                    return Seen::No(format!(
                        "they differ in {what}: here {}; there {}",
                        mine.what(),
                        theirs.what()
                    ));
                }
            }
        }
        unknown.map_or_else(|| Seen::Yes("the same effect".to_owned()), Seen::Unknown)
    }
}

impl SignOff<'_> {
    /// True when the visit rests on a page that was not recognised while the session lives: it may be a
    /// question that nobody answered, so what came of the request is open.
    pub fn is_left_open(&self) -> bool {
        matches!(self.asked(), Seen::Unknown(_))
            && self.departures().is_empty()
            && !self.ended_before_answer().is_yes()
    }

    /// Whether the sign-off had the same effect as another one of the same request. Where one of the two
    /// is left open, a difference is unknown.
    pub fn same_effect_as(&self, other: &SignOff<'_>) -> Seen {
        match self.effect().same_as(&other.effect()) {
            Seen::No(what) if self.is_left_open() || other.is_left_open() => Seen::Unknown(
                format!("a page was not recognised and may be a question: {what}"),
            ),
            seen => seen,
        }
    }

    /// Where it ended and whether the session did: what two runs are compared by.
    pub fn effect(&self) -> Effect {
        Effect {
            honoured: if self.target().is_omitted() {
                Seen::No("no target".to_owned())
            } else {
                self.honoured()
            },
            left: self.left(),
            failed: self.failed(),
            ended: self.ended_at_last(),
        }
    }
}

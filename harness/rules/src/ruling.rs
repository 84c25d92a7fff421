//! The result of judging one sign-off by one rule. `Kept` is scarce on purpose: only the functions of
//! [`crate::sign_off::SignOff`] that demand evidence can make it.

use crate::sign_off::Control;

/// The rule holds, and there is evidence that it could have been seen broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept(());

impl Kept {
    pub(crate) fn proven() -> Self {
        Kept(())
    }
}

/// Why a ruling is not "kept".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// The sentence does not speak of this sign-off.
    NotMine(String),
    /// It does, but what was seen does not tell.
    Undecided(String),
    /// It is broken.
    Violated(Finding),
    /// A control has to be run first. The run answers by running it and judging again.
    Wants(Control),
}

/// What a broken rule looked like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Everything that would have been right.
    pub expected: Vec<String>,
    /// What was seen instead. Masked where it quotes.
    pub actual: String,
}

/// The ruling of a rule on a sign-off.
pub type Ruling = Result<Kept, Stop>;

/// Something looked at: it is so, it is not so, or it cannot be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// It is so; what was seen.
    Yes(String),
    /// It is not so; what was seen.
    No(String),
    /// It cannot be told; why.
    Unknown(String),
}

impl Seen {
    /// From a truth and its description.
    pub fn of(truth: bool, what: impl Into<String>) -> Self {
        if truth {
            Seen::Yes(what.into())
        } else {
            Seen::No(what.into())
        }
    }

    /// True for [`Seen::Yes`].
    pub fn is_yes(&self) -> bool {
        matches!(self, Seen::Yes(_))
    }

    /// True for [`Seen::No`].
    pub fn is_no(&self) -> bool {
        matches!(self, Seen::No(_))
    }

    /// The opposite.
    #[must_use]
    pub fn inverted(self) -> Self {
        match self {
            Seen::Yes(what) => Seen::No(what),
            Seen::No(what) => Seen::Yes(what),
            unknown @ Seen::Unknown(_) => unknown,
        }
    }

    /// Both. A clear no decides even beside an unknown.
    #[must_use]
    pub fn and(self, other: Seen) -> Self {
        match (self, other) {
            (Seen::No(what), _) | (_, Seen::No(what)) => Seen::No(what),
            (Seen::Unknown(why), _) | (_, Seen::Unknown(why)) => Seen::Unknown(why),
            (Seen::Yes(a), Seen::Yes(b)) => Seen::Yes(joined(&a, &b)),
        }
    }

    /// At least one. A clear yes decides even beside an unknown.
    #[must_use]
    pub fn or(self, other: Seen) -> Self {
        self.inverted().and(other.inverted()).inverted()
    }

    /// What was seen, or why it cannot be told.
    pub fn what(&self) -> &str {
        match self {
            Seen::Yes(what) | Seen::No(what) | Seen::Unknown(what) => what,
        }
    }
}

fn joined(a: &str, b: &str) -> String {
    if a == b || b.is_empty() {
        a.to_owned()
    } else if a.is_empty() {
        b.to_owned()
    } else {
        format!("{a}; {b}")
    }
}

/// Ends the ruling when the sentence does not speak of this sign-off.
pub fn only_if(condition: bool, otherwise: &str) -> Result<(), Stop> {
    if condition {
        Ok(())
    } else {
        Err(Stop::NotMine(otherwise.to_owned()))
    }
}

/// The same for something that was looked at; what cannot be told is undecided.
pub fn only_if_seen(seen: &Seen, otherwise: &str) -> Result<(), Stop> {
    match seen {
        Seen::Yes(_) => Ok(()),
        Seen::No(_) => Err(Stop::NotMine(otherwise.to_owned())),
        Seen::Unknown(why) => Err(Stop::Undecided(why.clone())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clear_answer_wins_over_an_unknown_one() {
        let unknown = || Seen::Unknown("?".to_owned());
        assert!(Seen::No(String::new()).and(unknown()).is_no());
        assert!(Seen::Yes(String::new()).or(unknown()).is_yes());
        assert_eq!(Seen::Yes(String::new()).and(unknown()), unknown());
        assert_eq!(unknown().inverted(), unknown());
    }

    #[test]
    fn what_was_seen_of_two_things_is_told_once_each() {
        let yes = |what: &str| Seen::Yes(what.to_owned());
        for (a, b, both) in [
            ("a", "b", "a; b"),
            ("a", "a", "a"),
            ("a", "", "a"),
            ("", "b", "b"),
        ] {
            assert_eq!(yes(a).and(yes(b)).what(), both);
        }
        assert!(!yes("a").is_no() && !Seen::No(String::new()).is_yes());
    }

    #[test]
    fn a_sentence_is_not_judged_where_it_does_not_speak_or_cannot_be_told() {
        assert_eq!(only_if(true, "why"), Ok(()));
        assert_eq!(only_if(false, "why"), Err(Stop::NotMine("why".to_owned())));
        let of = |seen: Seen| only_if_seen(&seen, "why");
        assert_eq!(of(Seen::Yes(String::new())), Ok(()));
        assert_eq!(
            of(Seen::No("seen".to_owned())),
            Err(Stop::NotMine("why".to_owned()))
        );
        assert_eq!(
            of(Seen::Unknown("?".to_owned())),
            Err(Stop::Undecided("?".to_owned()))
        );
    }
}

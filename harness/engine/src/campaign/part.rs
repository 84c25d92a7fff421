//! One part of a run that is spread over several programs or machines.

use super::conclude::{Tally, Whole};
use super::search::Search;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Which part, of how many: `2/3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partition {
    /// The part, counted from 1.
    pub number: usize,
    /// How many parts there are.
    pub of: usize,
}

impl Partition {
    /// All of it.
    pub const WHOLE: Partition = Partition { number: 1, of: 1 };

    /// True for the part that also does what is done once.
    pub fn is_first(self) -> bool {
        self.number == 1
    }

    /// Whether the case at this place is one of this part. Neighbours resemble each other and take as long, so they are
    /// dealt out in turn.
    pub fn takes(self, place: usize) -> bool {
        place % self.of == self.number - 1
    }

    /// How many of so many cases it has.
    pub fn size(self, all: usize) -> usize {
        (all + self.of - self.number) / self.of
    }

    /// Its share of the generated cases.
    pub(super) fn search(self, all: &Search) -> Search {
        let (number, of) = (self.number as u64, self.of as u64);
        let (each, rest) = (all.cases / of, all.cases % of);
        let before = each * (number - 1) + rest.min(number - 1);
        Search {
            from: all.from.saturating_add(before),
            cases: each + u64::from(number <= rest),
            ..all.clone()
        }
    }
}

impl FromStr for Partition {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no part; write 2/3 for the second of three");
        let (number, of) = text.split_once('/').ok_or_else(wrong)?;
        let number: usize = number.trim().parse().map_err(|_| wrong())?;
        let of: usize = of.trim().parse().map_err(|_| wrong())?;
        if number == 0 || number > of {
            return Err(wrong());
        }
        Ok(Partition { number, of })
    }
}

impl fmt::Display for Partition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

/// What a part of a run hands on, so that all parts together tell what one run would have told.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Part {
    /// Which part.
    pub partition: Partition,
    /// How many of its hand-written cases it finished.
    pub played: usize,
    /// The pairs that its generated cases covered, as [`signoff_scenarios::generated::Pairs::marks`] writes them; empty
    /// without such cases.
    pub pairs: String,
    /// What is the same for all parts.
    pub whole: Whole,
    /// What it has come to.
    pub tally: Tally,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_case_is_in_one_part() {
        for of in 1..6 {
            let parts: Vec<Partition> = (1..=of).map(|number| Partition { number, of }).collect();
            for all in 0..14 {
                for place in 0..all {
                    assert_eq!(parts.iter().filter(|part| part.takes(place)).count(), 1);
                }
                for part in &parts {
                    let taken = (0..all).filter(|place| part.takes(*place)).count();
                    assert_eq!(part.size(all), taken, "{part} of {all}");
                }
                let search = Search {
                    cases: all as u64,
                    from: 5,
                    ..Search::default()
                };
                let mut next = 5;
                for part in &parts {
                    let share = part.search(&search);
                    assert_eq!(share.from, next);
                    next += share.cases;
                }
                assert_eq!(next, 5 + all as u64);
            }
        }
    }

    #[test]
    fn what_is_no_part_is_refused() {
        assert_eq!("2/3".parse(), Ok(Partition { number: 2, of: 3 }));
        for wrong in ["", "2", "0/3", "4/3", "1/0", "a/b", "-1/3", "1/2/3"] {
            assert!(wrong.parse::<Partition>().is_err(), "{wrong}");
        }
    }
}

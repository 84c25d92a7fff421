//! Every pair of values of any two dimensions: which requests cover them all, and which were covered.

use super::dimension::DIMENSIONS;
use super::draft::{conflict, mended};

/// Two classes of two dimensions, by their places: dimension and class.
pub type Pair = ((usize, usize), (usize, usize));

/// A pair that no request can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Infeasible {
    /// One class: its dimension and its name.
    pub one: (&'static str, &'static str),
    /// The other.
    pub other: (&'static str, &'static str),
    /// Why not.
    pub reason: &'static str,
}

/// Which pairs were covered.
#[derive(Debug, Clone)]
pub struct Pairs {
    offsets: Vec<usize>,
    size: usize,
    covered: Vec<bool>,
    feasible: Vec<Pair>,
    infeasible: Vec<Infeasible>,
}

impl Default for Pairs {
    fn default() -> Self {
        Pairs::new()
    }
}

impl Pairs {
    /// None covered yet.
    pub fn new() -> Self {
        let mut offsets = Vec::new();
        let mut size = 0;
        for dimension in DIMENSIONS {
            offsets.push(size);
            size += dimension.classes.len();
        }
        let (mut feasible, mut infeasible) = (Vec::new(), Vec::new());
        for (a, one) in DIMENSIONS.iter().enumerate() {
            for (b, other) in DIMENSIONS.iter().enumerate().skip(a + 1) {
                for (i, class) in one.classes.iter().enumerate() {
                    for (j, beside) in other.classes.iter().enumerate() {
                        match conflict((a, i), (b, j)) {
                            None => feasible.push(((a, i), (b, j))),
                            Some(reason) => infeasible.push(Infeasible {
                                one: (one.name, class.name),
                                other: (other.name, beside.name),
                                reason,
                            }),
                        }
                    }
                }
            }
        }
        Pairs {
            offsets,
            size,
            covered: vec![false; size * size],
            feasible,
            infeasible,
        }
    }

    fn at(&self, (a, b): Pair) -> usize {
        (self.offsets[a.0] + a.1) * self.size + self.offsets[b.0] + b.1
    }

    /// Counts the pairs of a request.
    pub fn cover(&mut self, classes: &[usize]) {
        for a in 0..classes.len() {
            for b in a + 1..classes.len() {
                let at = self.at(((a, classes[a]), (b, classes[b])));
                self.covered[at] = true;
            }
        }
    }

    /// The covered pairs as text, for [`Pairs::join`]: four pairs a digit.
    pub fn marks(&self) -> String {
        let digits = self.covered.chunks(4).map(|four| {
            let value = four
                .iter()
                .rev()
                .fold(0, |value, covered| (value << 1) | u32::from(*covered));
            char::from_digit(value, 16).unwrap_or('0')
        });
        digits.collect()
    }

    /// Counts what was covered elsewhere. The error says that the marks are those of other dimensions.
    pub fn join(&mut self, marks: &str) -> Result<(), String> {
        let wrong = || "the covered pairs are those of another version".to_owned();
        if marks.chars().count() != self.covered.len().div_ceil(4) {
            return Err(wrong());
        }
        for (four, digit) in self.covered.chunks_mut(4).zip(marks.chars()) {
            let value = digit.to_digit(16).ok_or_else(wrong)?;
            for (place, covered) in four.iter_mut().enumerate() {
                *covered |= (value >> place) & 1 == 1;
            }
        }
        Ok(())
    }

    /// How many pairs a class would newly cover beside these; undecided dimensions are nothing.
    fn gain(&self, dimension: usize, class: usize, row: &[Option<usize>]) -> usize {
        let others = row.iter().enumerate();
        others
            .filter_map(|(other, taken)| taken.map(|taken| (other, taken)))
            .filter(|(other, taken)| {
                let (mine, theirs) = ((dimension, class), (*other, *taken));
                let pair = if dimension < *other {
                    (mine, theirs)
                } else {
                    (theirs, mine)
                };
                !self.covered[self.at(pair)]
            })
            .count()
    }

    /// Covered pairs that can be.
    pub fn covered(&self) -> usize {
        let feasible = self.feasible.iter();
        feasible
            .filter(|pair| self.covered[self.at(**pair)])
            .count()
    }

    /// Pairs that some request can have.
    pub fn feasible(&self) -> usize {
        self.feasible.len()
    }

    /// The feasible pairs that were not covered.
    pub fn missing(&self) -> impl Iterator<Item = Pair> + '_ {
        let feasible = self.feasible.iter().copied();
        feasible.filter(|pair| !self.covered[self.at(*pair)])
    }

    /// Pairs that no request can have, with the reason.
    pub fn infeasible(&self) -> &[Infeasible] {
        &self.infeasible
    }
}

/// A pair as people read it: `redirect fragment with method post`.
pub fn in_words((one, other): Pair) -> String {
    let words = |(dimension, class): (usize, usize)| {
        let dimension = &DIMENSIONS[dimension];
        format!("{} {}", dimension.name, dimension.classes[class].name)
    };
    format!("{} with {}", words(one), words(other))
}

/// Requests that together have every feasible pair: greedy, each begun with a pair that is still missing.
pub fn covering() -> Vec<Vec<usize>> {
    let mut pairs = Pairs::new();
    let mut rows = Vec::new();
    // The widest dimensions decide how many rows there are, so they are filled first.
    let mut order: Vec<usize> = (0..DIMENSIONS.len()).collect();
    order.sort_by_key(|dimension| std::cmp::Reverse(DIMENSIONS[*dimension].classes.len()));
    loop {
        let missing = pairs.missing().next();
        let Some(((a, i), (b, j))) = missing else {
            return rows;
        };
        let mut row = vec![None; DIMENSIONS.len()];
        (row[a], row[b]) = (Some(i), Some(j));
        for dimension in &order {
            if row[*dimension].is_none() {
                row[*dimension] = best(&pairs, *dimension, &row);
            }
        }
        let classes: Vec<usize> = row.iter().map(|class| class.unwrap_or(0)).collect();
        let whole = row.iter().all(Option::is_some).then_some(classes);
        let classes = whole.or_else(|| {
            let mut bare = vec![0; DIMENSIONS.len()];
            (bare[a], bare[b]) = (i, j);
            mended(bare, &[a, b])
        });
        let Some(classes) = classes else {
            return rows;
        };
        pairs.cover(&classes);
        rows.push(classes);
    }
}

/// The class with the most new pairs that fits what is taken; the plainest of equals.
fn best(pairs: &Pairs, dimension: usize, row: &[Option<usize>]) -> Option<usize> {
    let fits = |class: &usize| {
        let taken = row.iter().enumerate();
        taken
            .filter_map(|(other, taken)| taken.map(|taken| (other, taken)))
            .all(|other| conflict((dimension, *class), other).is_none())
    };
    (0..DIMENSIONS[dimension].classes.len())
        .filter(fits)
        .rev()
        .max_by_key(|class| pairs.gain(dimension, *class, row))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generated::draft::conflicting;

    #[test]
    fn every_feasible_pair_is_covered_and_no_row_contradicts_itself() {
        let rows = covering();
        let mut pairs = Pairs::new();
        for row in &rows {
            assert_eq!(conflicting(row), None);
            pairs.cover(row);
        }
        assert_eq!(pairs.covered(), pairs.feasible());
        assert!(rows.len() < 600, "{} rows", rows.len());
    }

    #[test]
    fn what_is_infeasible_has_a_reason_and_the_rest_stands_beside_some_request() {
        let pairs = Pairs::new();
        assert!(
            pairs
                .infeasible()
                .iter()
                .all(|pair| !pair.reason.is_empty())
        );
        for ((a, i), (b, j)) in pairs.missing() {
            let mut bare = vec![0; DIMENSIONS.len()];
            (bare[a], bare[b]) = (i, j);
            assert!(mended(bare, &[a, b]).is_some(), "{a} {i} {b} {j}");
        }
    }
}

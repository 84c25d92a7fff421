//! A request by its classes and details.

use super::compose;
use super::conflict::infeasible;
use super::dimension::DIMENSIONS;
use super::piece::Piece;
use crate::Scenario;

/// What was taken in one dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    /// The place of the class in its dimension; 0 is the orderly one.
    pub class: usize,
    /// The value.
    pub piece: Piece,
}

/// A request: one pick for each dimension, in the order of [`DIMENSIONS`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The picks.
    pub picks: Vec<Pick>,
}

/// What differs from the orderly request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Difference {
    /// In which dimension.
    pub dimension: &'static str,
    /// Which class instead of the orderly one.
    pub class: &'static str,
}

impl Draft {
    /// The classes, by their places.
    pub fn classes(&self) -> Vec<usize> {
        self.picks.iter().map(|pick| pick.class).collect()
    }

    /// What differs from the orderly request.
    pub fn differences(&self) -> Vec<Difference> {
        differences(&self.classes())
    }

    /// The scenario that tries it.
    pub fn scenario(&self, id: impl Into<String>) -> Scenario {
        let differences: Vec<String> = self
            .differences()
            .iter()
            .map(|difference| format!("{} {}", difference.dimension, difference.class))
            .collect();
        let purpose = if differences.is_empty() {
            "The orderly request.".to_owned()
        } else {
            format!("The orderly request but for {}.", differences.join(", "))
        };
        Scenario::of(id, purpose, compose::steps(self))
    }
}

/// The differences of these classes.
pub(super) fn differences(classes: &[usize]) -> Vec<Difference> {
    let taken = DIMENSIONS.iter().zip(classes);
    taken
        .filter(|(_, class)| **class != 0)
        .map(|(dimension, class)| Difference {
            dimension: dimension.name,
            class: dimension.classes[*class].name,
        })
        .collect()
}

/// Why these two classes cannot stand together; nothing when they can.
pub(super) fn conflict(a: (usize, usize), b: (usize, usize)) -> Option<&'static str> {
    let named = |(dimension, class): (usize, usize)| {
        let dimension = &DIMENSIONS[dimension];
        (dimension.name, dimension.classes[class].name)
    };
    infeasible(named(a), named(b))
}

/// The first two dimensions whose classes cannot stand together.
pub(super) fn conflicting(classes: &[usize]) -> Option<(usize, usize)> {
    (0..classes.len()).find_map(|a| {
        (a + 1..classes.len())
            .find(|b| conflict((a, classes[a]), (*b, classes[*b])).is_some())
            .map(|b| (a, b))
    })
}

/// Changes orderly classes that stand in the way of others (a content type needs a method with a body); what
/// cannot be mended so is taken back. `pinned` dimensions are not changed.
pub(super) fn mended(mut classes: Vec<usize>, pinned: &[usize]) -> Option<Vec<usize>> {
    for _ in 0..4 * classes.len() {
        let Some((a, b)) = conflicting(&classes) else {
            return Some(classes);
        };
        let may_change = |dimension: &usize| !pinned.contains(dimension);
        let fits = |dimension: usize, class: usize| {
            let mut tried = classes.clone();
            tried[dimension] = class;
            (0..tried.len()).all(|other| {
                other == dimension || conflict((dimension, class), (other, tried[other])).is_none()
            })
        };
        // The orderly side first: it carries no meaning of its own.
        let mut sides = [a, b];
        sides.sort_by_key(|dimension| classes[*dimension] != 0);
        let change = sides
            .iter()
            .copied()
            .filter(may_change)
            .find_map(|dimension| {
                let all = 0..DIMENSIONS[dimension].classes.len();
                all.into_iter()
                    .find(|class| fits(dimension, *class))
                    .map(|class| (dimension, class))
            });
        if let Some((dimension, class)) = change {
            classes[dimension] = class;
        } else {
            let mut free = sides.iter().copied().filter(may_change);
            let freed = free.find(|dimension| classes[*dimension] != 0)?;
            classes[freed] = 0;
        }
    }
    None
}

//! The proptest strategy of a request, and how it shrinks: differences are taken back one by one, and what
//! remains is made simpler, until nothing more can go.

use super::dimension::{Class, DIMENSIONS};
use super::draft::{Draft, Pick, conflicting, mended};
use super::piece::Piece;
use proptest::strategy::{NewTree, Strategy, ValueTree};
use proptest::test_runner::TestRunner;

/// Which classes are taken.
#[derive(Debug, Clone)]
pub enum DraftStrategy {
    /// These.
    Classes(Vec<usize>),
    /// Drawn, with few grave differences and some mild ones.
    Drawn,
}

impl Strategy for DraftStrategy {
    type Tree = DraftTree;
    type Value = Draft;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        let classes = match self {
            DraftStrategy::Classes(classes) => classes.clone(),
            DraftStrategy::Drawn => drawn(runner)?,
        };
        let slots = DIMENSIONS
            .iter()
            .zip(classes)
            .map(|(dimension, class)| {
                Ok(Slot {
                    class,
                    orderly: settled(&dimension.classes[0], runner)?,
                    tree: (dimension.classes[class].pieces)().new_tree(runner)?,
                    state: if class == 0 {
                        State::Orderly
                    } else {
                        State::Differs
                    },
                })
            })
            .collect::<Result<_, proptest::test_runner::Reason>>()?;
        Ok(DraftTree {
            slots,
            next: Move::first(),
            last: None,
            progress: false,
        })
    }
}

fn settled(class: &Class, runner: &mut TestRunner) -> Result<Piece, proptest::test_runner::Reason> {
    Ok((class.pieces)().new_tree(runner)?.current())
}

/// A number below `bound`.
pub(super) fn below(
    bound: usize,
    runner: &mut TestRunner,
) -> Result<usize, proptest::test_runner::Reason> {
    Ok((0..bound.max(1)).new_tree(runner)?.current())
}

/// None to three grave differences, mostly one; each other dimension differs mildly one time in four.
fn drawn(runner: &mut TestRunner) -> Result<Vec<usize>, proptest::test_runner::Reason> {
    let mut classes = vec![0; DIMENSIONS.len()];
    let wanted = [0, 0, 1, 1, 1, 1, 1, 2, 2, 3][below(10, runner)?];
    let all: Vec<(usize, usize)> = DIMENSIONS
        .iter()
        .enumerate()
        .flat_map(|(at, dimension)| {
            let graves = dimension.classes.iter().enumerate();
            graves
                .filter(|(_, class)| class.grave)
                .map(move |(class, _)| (at, class))
        })
        .collect();
    let mut pinned = Vec::new();
    for _ in 0..wanted {
        let (dimension, class) = all[below(all.len(), runner)?];
        classes[dimension] = class;
        pinned.push(dimension);
    }
    for (at, dimension) in DIMENSIONS.iter().enumerate() {
        if pinned.contains(&at) || below(4, runner)? != 0 {
            continue;
        }
        let mild: Vec<usize> = (1..dimension.classes.len())
            .filter(|class| !dimension.classes[*class].grave)
            .collect();
        if !mild.is_empty() {
            classes[at] = mild[below(mild.len(), runner)?];
        }
    }
    Ok(mended(classes, &[]).unwrap_or_else(|| vec![0; DIMENSIONS.len()]))
}

type Details = Box<dyn ValueTree<Value = Piece>>;

/// One dimension of a tree.
struct Slot {
    class: usize,
    orderly: Piece,
    tree: Details,
    state: State,
}

/// How far a dimension is shrunk.
enum State {
    /// Differs, its details still to be made simpler.
    Differs,
    /// Differs, with these details to stay.
    Frozen(Piece),
    /// Taken back, or never different.
    Orderly,
}

impl Slot {
    fn pick(&self) -> Pick {
        match &self.state {
            State::Orderly => Pick {
                class: 0,
                piece: self.orderly.clone(),
            },
            State::Frozen(piece) => Pick {
                class: self.class,
                piece: piece.clone(),
            },
            State::Differs => Pick {
                class: self.class,
                piece: self.tree.current(),
            },
        }
    }
}

/// What is tried next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Move {
    dimension: usize,
    details: bool,
}

impl Move {
    fn first() -> Self {
        Move {
            dimension: 0,
            details: false,
        }
    }
}

/// A request that can shrink. `simplify` means that the current one still shows the failure.
pub struct DraftTree {
    slots: Vec<Slot>,
    next: Move,
    /// The last change, and what undoes it.
    last: Option<(usize, Undo)>,
    /// Whether something was taken back since the walk over the dimensions began.
    progress: bool,
}

enum Undo {
    Restore(State),
    Details(Piece),
}

impl std::fmt::Debug for DraftTree {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("DraftTree").field(&self.current()).finish()
    }
}

impl DraftTree {
    /// Only these dimensions differ, the others are orderly; nothing when that cannot stand together.
    pub fn only(&self, dimensions: &[&str]) -> Option<Draft> {
        let mut draft = self.current();
        for ((dimension, slot), pick) in DIMENSIONS.iter().zip(&self.slots).zip(&mut draft.picks) {
            if !dimensions.contains(&dimension.name) {
                *pick = Pick {
                    class: 0,
                    piece: slot.orderly.clone(),
                };
            }
        }
        conflicting(&draft.classes()).is_none().then_some(draft)
    }

    /// Takes a whole dimension back. False when it is orderly already or others need it.
    fn take_back(&mut self, dimension: usize) -> bool {
        if matches!(self.slots[dimension].state, State::Orderly) {
            return false;
        }
        let before = std::mem::replace(&mut self.slots[dimension].state, State::Orderly);
        if conflicting(&self.current().classes()).is_some() {
            self.slots[dimension].state = before;
            return false;
        }
        self.last = Some((dimension, Undo::Restore(before)));
        true
    }

    fn simplify_details(&mut self, dimension: usize) -> bool {
        let slot = &mut self.slots[dimension];
        if !matches!(slot.state, State::Differs) {
            return false;
        }
        let before = slot.tree.current();
        if !slot.tree.simplify() {
            slot.state = State::Frozen(before);
            return false;
        }
        self.last = Some((dimension, Undo::Details(before)));
        true
    }

    fn advance(&mut self) -> bool {
        let Move { dimension, details } = self.next;
        self.next = match (dimension + 1 < self.slots.len(), details) {
            (true, details) => Move {
                dimension: dimension + 1,
                details,
            },
            (false, false) => Move {
                dimension: 0,
                details: true,
            },
            (false, true) if self.progress => {
                self.progress = false;
                Move::first()
            }
            (false, true) => return false,
        };
        true
    }
}

impl ValueTree for DraftTree {
    type Value = Draft;

    fn current(&self) -> Draft {
        Draft {
            picks: self.slots.iter().map(Slot::pick).collect(),
        }
    }

    fn simplify(&mut self) -> bool {
        if self.last.take().is_some() {
            self.progress = true;
        }
        loop {
            let Move { dimension, details } = self.next;
            let changed = if details {
                self.simplify_details(dimension)
            } else {
                self.take_back(dimension)
            };
            if changed {
                return true;
            }
            if !self.advance() {
                return false;
            }
        }
    }

    fn complicate(&mut self) -> bool {
        let Some((dimension, undo)) = self.last.take() else {
            return false;
        };
        let slot = &mut self.slots[dimension];
        match undo {
            Undo::Restore(before) => {
                slot.state = before;
                // Not again on this walk: what is needed now is needed until something else is gone.
                if !self.advance() {
                    self.next = Move {
                        dimension: self.slots.len() - 1,
                        details: true,
                    };
                }
            }
            Undo::Details(before) => {
                if slot.tree.complicate() {
                    self.last = Some((dimension, Undo::Details(before)));
                } else {
                    slot.state = State::Frozen(before);
                }
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generated::plan::runner;

    /// Shrinks as a search does; `fails` is the defect.
    fn shrunk(mut tree: DraftTree, fails: impl Fn(&Draft) -> bool) -> Draft {
        let mut best = tree.current();
        assert!(fails(&best));
        while tree.simplify() {
            loop {
                let current = tree.current();
                if fails(&current) {
                    best = current;
                    break;
                }
                assert!(tree.complicate());
            }
        }
        best
    }

    fn names(draft: &Draft) -> Vec<String> {
        let told = |d: &super::super::Difference| format!("{} {}", d.dimension, d.class);
        draft.differences().iter().map(told).collect()
    }

    #[test]
    fn what_does_not_matter_is_taken_back_whatever_was_drawn() {
        let mut found = 0;
        for index in 0..3_000 {
            let tree = DraftStrategy::Drawn
                .new_tree(&mut runner(1, index))
                .unwrap();
            let matters = |draft: &Draft| {
                let names = names(draft);
                ["method post", "state special"]
                    .iter()
                    .all(|wanted| names.iter().any(|name| name == wanted))
            };
            if !matters(&tree.current()) {
                continue;
            }
            found += 1;
            assert_eq!(
                names(&shrunk(tree, matters)),
                ["state special", "method post"]
            );
        }
        assert!(found > 5, "{found}");
    }

    #[test]
    fn a_difference_that_others_need_goes_after_them() {
        let mut found = 0;
        for index in 0..3_000 {
            let tree = DraftStrategy::Drawn
                .new_tree(&mut runner(2, index))
                .unwrap();
            let matters = |draft: &Draft| names(draft).iter().any(|name| name == "redirect host");
            let first = tree.current();
            if !matters(&first) || first.differences().len() < 4 {
                continue;
            }
            found += 1;
            assert_eq!(names(&shrunk(tree, matters)), ["redirect host"]);
        }
        assert!(found > 5, "{found}");
    }

    #[test]
    fn the_same_seed_and_index_give_the_same_draft() {
        for index in 0..200 {
            let draft = |seed| {
                DraftStrategy::Drawn
                    .new_tree(&mut runner(seed, index))
                    .unwrap()
                    .current()
            };
            assert_eq!(draft(7), draft(7));
        }
    }

    #[test]
    fn no_draft_contradicts_itself() {
        for index in 0..2_000 {
            let tree = DraftStrategy::Drawn
                .new_tree(&mut runner(3, index))
                .unwrap();
            assert_eq!(conflicting(&tree.current().classes()), None);
        }
    }
}

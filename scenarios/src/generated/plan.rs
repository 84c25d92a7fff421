//! Which requests a search tries, in which order.

use super::dimension::DIMENSIONS;
use super::draft::{Draft, mended};
use super::pairs::covering;
use super::sequence::{Sequence, SequenceStrategy, SequenceTree};
use super::strategy::{DraftStrategy, DraftTree};
use crate::Scenario;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// Why a request is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// So that every pair of classes occurs.
    Pairs,
    /// One class alone: empty and absent parameters, lengths around their limits, and every other class.
    Alone,
    /// A sequence of sign-ins, sign-offs and answers.
    Sequence,
    /// A grave class among mild ones, so that each such pair occurs unhidden.
    Beside,
    /// Drawn.
    Drawn,
}

/// What is tried: a request, or a sequence of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trial {
    /// One request.
    Draft(Draft),
    /// Several moves.
    Sequence(Sequence),
}

impl Trial {
    /// The scenario that tries it.
    pub fn scenario(&self, id: impl Into<String>) -> Scenario {
        match self {
            Trial::Draft(draft) => draft.scenario(id),
            Trial::Sequence(sequence) => sequence.scenario(id),
        }
    }

    /// What differs from the orderly request, or the moves: `redirect fragment`, `move off-left`.
    pub fn differences(&self) -> Vec<String> {
        match self {
            Trial::Draft(draft) => draft
                .differences()
                .iter()
                .map(|difference| format!("{} {}", difference.dimension, difference.class))
                .collect(),
            Trial::Sequence(sequence) => sequence
                .names()
                .iter()
                .map(|name| format!("move {name}"))
                .collect(),
        }
    }

    /// What makes two trials the same defect: the dimensions that differ, or the moves.
    pub fn parts(&self) -> Vec<String> {
        match self {
            Trial::Draft(draft) => {
                let differences = draft.differences();
                differences.iter().map(|d| d.dimension.to_owned()).collect()
            }
            Trial::Sequence(_) => self.differences(),
        }
    }
}

/// What is tried, ready to shrink.
#[derive(Debug)]
pub enum Tree {
    /// One request.
    Draft(Box<DraftTree>),
    /// Several moves.
    Sequence(SequenceTree),
}

impl Tree {
    /// What is tried now.
    pub fn current(&self) -> Trial {
        match self {
            Tree::Draft(tree) => Trial::Draft(tree.current()),
            Tree::Sequence(tree) => Trial::Sequence(tree.current()),
        }
    }

    /// Something simpler, or false when there is nothing.
    pub fn simplify(&mut self) -> bool {
        match self {
            Tree::Draft(tree) => tree.simplify(),
            Tree::Sequence(tree) => tree.simplify(),
        }
    }

    /// Undoes the last simplification, or a part of it.
    pub fn complicate(&mut self) -> bool {
        match self {
            Tree::Draft(tree) => tree.complicate(),
            Tree::Sequence(tree) => tree.complicate(),
        }
    }

    /// Only these parts, for a request; a sequence has none that stand alone.
    pub fn only(&self, parts: &[String]) -> Option<Trial> {
        match self {
            Tree::Draft(tree) => {
                let names: Vec<&str> = parts.iter().map(String::as_str).collect();
                tree.only(&names).map(Trial::Draft)
            }
            Tree::Sequence(_) => None,
        }
    }
}

/// What the plan holds for some index.
#[derive(Debug)]
pub struct Candidate {
    /// Its place in the plan, from 0.
    pub index: u64,
    /// Why it is tried.
    pub stage: Stage,
    /// What is tried, ready to shrink.
    pub tree: Tree,
}

/// What a search with this seed tries.
#[derive(Debug, Clone)]
pub struct Plan {
    seed: u64,
    fixed: Vec<(Stage, Vec<usize>)>,
}

impl Plan {
    /// The plan of this seed.
    pub fn new(seed: u64) -> Self {
        let mut fixed: Vec<(Stage, Vec<usize>)> = Vec::new();
        fixed.extend(covering().into_iter().map(|row| (Stage::Pairs, row)));
        fixed.extend(alone().into_iter().map(|row| (Stage::Alone, row)));
        let sequence = std::iter::repeat_n((Stage::Sequence, Vec::new()), SEQUENCES);
        fixed.extend(sequence);
        fixed.extend(beside().into_iter().map(|row| (Stage::Beside, row)));
        Plan { seed, fixed }
    }

    /// How many requests of a stage there are; drawn ones have no end.
    pub fn length(&self, stage: Stage) -> usize {
        self.fixed
            .iter()
            .filter(|(known, _)| *known == stage)
            .count()
    }

    /// The request at this place, without any before it. Nothing when it cannot be made, which no class of
    /// ours brings about.
    pub fn candidate(&self, index: u64) -> Option<Candidate> {
        let fixed = usize::try_from(index)
            .ok()
            .and_then(|at| self.fixed.get(at));
        let (stage, strategy) = match fixed {
            Some((Stage::Sequence, _)) => (Stage::Sequence, None),
            Some((stage, classes)) => (*stage, Some(DraftStrategy::Classes(classes.clone()))),
            None if index % 4 == 3 => (Stage::Sequence, None),
            None => (Stage::Drawn, Some(DraftStrategy::Drawn)),
        };
        let mut runner = runner(self.seed, index);
        let tree = match strategy {
            Some(strategy) => Tree::Draft(Box::new(strategy.new_tree(&mut runner).ok()?)),
            None => Tree::Sequence(SequenceStrategy.new_tree(&mut runner).ok()?),
        };
        Some(Candidate { index, stage, tree })
    }
}

/// The source of details of one case: seed and index decide it alone.
pub(super) fn runner(seed: u64, index: u64) -> TestRunner {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_be_bytes());
    bytes[8..16].copy_from_slice(&index.to_be_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new_with_rng(config, rng)
}

/// How many sequences there are before the drawn cases, of which every fourth is one too.
const SEQUENCES: usize = 120;

/// Each class alone.
fn alone() -> Vec<Vec<usize>> {
    let mut rows = vec![vec![0; DIMENSIONS.len()]];
    for (at, dimension) in DIMENSIONS.iter().enumerate() {
        for class in 1..dimension.classes.len() {
            let mut row = vec![0; DIMENSIONS.len()];
            row[at] = class;
            rows.extend(mended(row, &[at]));
        }
    }
    rows
}

/// Each grave class among mild ones: the rows of a class have every mild class of every other dimension.
fn beside() -> Vec<Vec<usize>> {
    let mild: Vec<Vec<usize>> = DIMENSIONS
        .iter()
        .map(|dimension| {
            let classes = 0..dimension.classes.len();
            classes
                .filter(|class| !dimension.classes[*class].grave)
                .collect()
        })
        .collect();
    let most = mild.iter().map(Vec::len).max().unwrap_or(0);
    let mut rows = Vec::new();
    for (at, dimension) in DIMENSIONS.iter().enumerate() {
        for (class, _) in dimension
            .classes
            .iter()
            .enumerate()
            .filter(|(_, c)| c.grave)
        {
            for turn in 0..most {
                let mut row: Vec<usize> = mild
                    .iter()
                    .enumerate()
                    .map(|(other, mild)| mild[(turn + at * class * (other + 1)) % mild.len()])
                    .collect();
                row[at] = class;
                rows.extend(mended(row, &[at]));
            }
        }
    }
    rows
}

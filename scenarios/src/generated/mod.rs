//! Sign-off requests that nobody wrote down: the dimensions of a request, what each may be, and the plan in
//! which they are combined.
//!
//! A [`Draft`] says for every [`Dimension`] which of its classes was taken and with which details. The first
//! class of each is the orderly one, so a draft is read by its differences, and shrinking means to take
//! differences back. A draft composes to an ordinary [`Scenario`], which passes through the same resolving,
//! forging and judging as a hand-written one. [`Plan`] says which drafts a search tries, by index: the same
//! seed and index give the same draft without those before it.
//!
//! Start with `dimension.rs`, then `classes/`.

mod classes;
mod compose;
mod conflict;
mod dimension;
mod draft;
mod pairs;
mod piece;
mod plan;
mod sequence;
mod strategy;

pub use conflict::infeasible;
pub use dimension::{Class, DIMENSIONS, Dimension};
pub use draft::{Difference, Draft, Pick};
pub use pairs::{Infeasible, Pair, Pairs, covering, in_words};
pub use piece::{Order, Piece, Placement, Repeat, Situation};
pub use plan::{Candidate, Plan, Stage, Tree, Trial};
pub use sequence::{Asks, Move, Sequence, SequenceStrategy, SequenceTree};
pub use strategy::{DraftStrategy, DraftTree};

#[cfg(doc)]
use crate::Scenario;

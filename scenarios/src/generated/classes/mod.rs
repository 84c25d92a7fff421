//! The classes of each dimension, by what they are about.

use super::dimension::Class;
use super::piece::Piece;
use proptest::prelude::*;
use proptest::sample::select;

pub(super) mod content;
pub(super) mod party;
pub(super) mod target;
pub(super) mod transport;

/// A class whose values leave the request as good as it was.
const fn mild(name: &'static str, pieces: fn() -> BoxedStrategy<Piece>) -> Class {
    Class {
        name,
        grave: false,
        pieces,
    }
}

/// A class whose values may be refused.
const fn grave(name: &'static str, pieces: fn() -> BoxedStrategy<Piece>) -> Class {
    Class {
        name,
        grave: true,
        pieces,
    }
}

/// Exactly this.
fn only(piece: Piece) -> BoxedStrategy<Piece> {
    Just(piece).boxed()
}

/// One of these; earlier ones are simpler.
fn any_of<T: Clone + std::fmt::Debug + Send + Sync + 'static>(
    values: Vec<T>,
    piece: fn(T) -> Piece,
) -> BoxedStrategy<Piece> {
    select(values).prop_map(piece).boxed()
}

/// Characters of this alphabet, so many of them.
fn letters(alphabet: &str, length: std::ops::Range<usize>) -> BoxedStrategy<String> {
    let alphabet: Vec<char> = alphabet.chars().collect();
    proptest::collection::vec(select(alphabet), length)
        .prop_map(|letters| letters.into_iter().collect())
        .boxed()
}

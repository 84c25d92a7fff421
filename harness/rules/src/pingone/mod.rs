//! The documentation of `PingOne`, sentence by sentence: it speaks for `PingOne` alone.

use crate::rule::Rule;

mod hint_optional;

/// The rules of this product.
pub(crate) const RULES: &[Rule] = &[hint_optional::RULE];

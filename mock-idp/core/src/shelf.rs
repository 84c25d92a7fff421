//! A bounded memory: when it is full, the oldest goes.

use std::collections::{BTreeMap, VecDeque};

/// How many of a kind are remembered; the oldest go first.
const BOUND: usize = 10_000;

/// A bounded map.
pub(crate) struct Shelf<T> {
    kept: BTreeMap<String, T>,
    order: VecDeque<String>,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self {
            kept: BTreeMap::new(),
            order: VecDeque::new(),
        }
    }
}

impl<T> Shelf<T> {
    pub(crate) fn put(&mut self, key: String, value: T) {
        if self.kept.insert(key.clone(), value).is_none() {
            self.order.push_back(key);
        }
        while self.order.len() > BOUND {
            if let Some(oldest) = self.order.pop_front() {
                self.kept.remove(&oldest);
            }
        }
    }

    pub(crate) fn find(&self, key: &str) -> Option<&T> {
        self.kept.get(key)
    }

    pub(crate) fn find_mut(&mut self, key: &str) -> Option<&mut T> {
        self.kept.get_mut(key)
    }

    pub(crate) fn take(&mut self, key: &str) -> Option<T> {
        let taken = self.kept.remove(key)?;
        self.order.retain(|known| known != key);
        Some(taken)
    }

    /// The newest one of those that are meant.
    pub(crate) fn newest(&self, meant: impl Fn(&T) -> bool) -> Option<&T> {
        let kept = self.order.iter().rev().filter_map(|key| self.kept.get(key));
        kept.into_iter().find(|value| meant(value))
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &T> {
        self.kept.values()
    }

    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.kept.values_mut()
    }

    pub(crate) fn retain(&mut self, keep: impl Fn(&T) -> bool) {
        self.kept.retain(|_, value| keep(value));
        let kept = &self.kept;
        self.order.retain(|key| kept.contains_key(key));
    }
}

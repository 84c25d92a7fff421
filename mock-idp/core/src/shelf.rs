//! A bounded memory: when it is full, the oldest goes. Nothing takes longer the more there is in it, but looking through
//! all of it.

use std::collections::{BTreeMap, BTreeSet};

/// How many of a kind are remembered; the oldest go first.
const BOUND: usize = 10_000;

/// Something that can be remembered.
pub(crate) trait Kept {
    /// What it hangs on and may end with.
    fn owner(&self) -> Option<&str> {
        None
    }
}

impl Kept for String {}
impl Kept for jiff::Timestamp {}

/// A bounded map.
pub(crate) struct Shelf<T> {
    kept: BTreeMap<String, (u64, T)>,
    /// The keys by their age.
    order: BTreeMap<u64, String>,
    owned: BTreeMap<String, BTreeSet<u64>>,
    put: u64,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self {
            kept: BTreeMap::new(),
            order: BTreeMap::new(),
            owned: BTreeMap::new(),
            put: 0,
        }
    }
}

impl<T: Kept> Shelf<T> {
    /// What is put in the place of something else is as old as that.
    pub(crate) fn put(&mut self, key: String, value: T) {
        let age = if let Some((age, _)) = self.remove(&key) {
            age
        } else {
            self.put += 1;
            self.put
        };
        if let Some(owner) = value.owner() {
            let owned = self.owned.entry(owner.to_owned()).or_default();
            owned.insert(age);
        }
        self.order.insert(age, key.clone());
        self.kept.insert(key, (age, value));
        while self.order.len() > BOUND {
            if let Some((_, oldest)) = self.order.pop_first() {
                self.remove(&oldest);
            }
        }
    }

    pub(crate) fn find(&self, key: &str) -> Option<&T> {
        self.kept.get(key).map(|(_, value)| value)
    }

    /// To change anything of it but its owner.
    pub(crate) fn find_mut(&mut self, key: &str) -> Option<&mut T> {
        self.kept.get_mut(key).map(|(_, value)| value)
    }

    pub(crate) fn take(&mut self, key: &str) -> Option<T> {
        self.remove(key).map(|(_, value)| value)
    }

    /// Forgets what hangs on an owner, unless it is to be spared.
    pub(crate) fn forget_of(&mut self, owner: &str, spared: impl Fn(&T) -> bool) {
        let ages = self.owned.get(owner).cloned().unwrap_or_default();
        for age in ages {
            let key = self.order.get(&age).cloned().unwrap_or_default();
            if self.find(&key).is_some_and(|value| !spared(value)) {
                self.remove(&key);
            }
        }
    }

    /// The newest one of those that are meant.
    pub(crate) fn newest(&self, meant: impl Fn(&T) -> bool) -> Option<&T> {
        let mut kept = self.order.values().rev().filter_map(|key| self.find(key));
        kept.find(|value| meant(value))
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &T> {
        self.kept.values().map(|(_, value)| value)
    }

    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.kept.values_mut().map(|(_, value)| value)
    }

    /// Forgets all that is meant. Looks at everything there is.
    pub(crate) fn forget_where(&mut self, meant: impl Fn(&T) -> bool) {
        let found = self.kept.iter().filter(|(_, (_, value))| meant(value));
        let keys: Vec<String> = found.map(|(key, _)| key.clone()).collect();
        for key in keys {
            self.remove(&key);
        }
    }

    fn remove(&mut self, key: &str) -> Option<(u64, T)> {
        let (age, value) = self.kept.remove(key)?;
        self.order.remove(&age);
        if let Some(owner) = value.owner()
            && let Some(owned) = self.owned.get_mut(owner)
        {
            owned.remove(&age);
            if owned.is_empty() {
                self.owned.remove(owner);
            }
        }
        Some((age, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Clone, PartialEq, Eq)]
    struct Thing {
        of: Option<String>,
        number: usize,
    }

    impl Kept for Thing {
        fn owner(&self) -> Option<&str> {
            self.of.as_deref()
        }
    }

    fn thing(of: &str, number: usize) -> Thing {
        Thing {
            of: Some(of.to_owned()).filter(|of| !of.is_empty()),
            number,
        }
    }

    #[test]
    fn the_oldest_goes_when_it_is_full_and_takes_its_owners_mark_with_it() {
        let mut shelf = Shelf::default();
        for number in 0..BOUND {
            shelf.put(number.to_string(), thing(&number.to_string(), number));
        }
        // Put again, the first is no younger.
        shelf.put("0".into(), thing("0", 0));
        shelf.put("one more".into(), thing("", 1));
        assert_eq!(shelf.find("0"), None);
        assert_eq!(shelf.find("1"), Some(&thing("1", 1)));
        assert_eq!(shelf.values().count(), BOUND);
        assert_eq!(shelf.order.len(), BOUND);
        assert_eq!(shelf.owned.len(), BOUND - 1);
    }

    #[test]
    fn what_hangs_on_an_owner_goes_with_it_but_what_is_spared() {
        let mut shelf = Shelf::default();
        for (key, owner, number) in [("a", "x", 1), ("b", "y", 2), ("c", "x", 3), ("d", "", 4)] {
            shelf.put(key.into(), thing(owner, number));
        }
        shelf.forget_of("x", |thing| thing.number == 3);
        let left: Vec<_> = shelf.values().map(|thing| thing.number).collect();
        assert_eq!(left, [2, 3, 4]);
        shelf.forget_of("x", |_| false);
        shelf.forget_of("nobody", |_| false);
        assert_eq!(shelf.values().count(), 2);
        assert_eq!(shelf.take("b"), Some(thing("y", 2)));
        assert_eq!(shelf.take("b"), None);
        assert!(shelf.owned.is_empty() && shelf.order.len() == 1);
    }

    #[test]
    fn a_thing_in_the_place_of_another_has_its_own_owner() {
        let mut shelf = Shelf::default();
        shelf.put("a".into(), thing("x", 1));
        shelf.put("a".into(), thing("y", 2));
        shelf.forget_of("x", |_| false);
        assert_eq!(shelf.find("a"), Some(&thing("y", 2)));
        shelf.forget_of("y", |_| false);
        assert_eq!(shelf.find("a"), None);
    }
}

//! The dimensions of a request and their classes.

use super::classes::{content, party, target, transport};
use super::piece::Piece;
use proptest::strategy::BoxedStrategy;

/// One class of values of a dimension.
#[derive(Debug, Clone, Copy)]
pub struct Class {
    /// What it is, in a word or three.
    pub name: &'static str,
    /// True when such a value alone may make an OP refuse: two of them in one request hide each other.
    pub grave: bool,
    /// The values.
    pub pieces: fn() -> BoxedStrategy<Piece>,
}

/// What a request is described by.
#[derive(Debug, Clone, Copy)]
pub struct Dimension {
    /// Its name.
    pub name: &'static str,
    /// Its classes; the first is that of the orderly request.
    pub classes: &'static [Class],
}

impl Dimension {
    /// Its place in [`DIMENSIONS`].
    pub fn position(name: &str) -> Option<usize> {
        DIMENSIONS
            .iter()
            .position(|dimension| dimension.name == name)
    }
}

/// Every dimension, in the order in which a difference is told.
pub static DIMENSIONS: &[Dimension] = &[
    Dimension {
        name: "situation",
        classes: party::SITUATION,
    },
    Dimension {
        name: "hint",
        classes: party::HINT,
    },
    Dimension {
        name: "redirect",
        classes: target::REDIRECT,
    },
    Dimension {
        name: "state",
        classes: content::STATE,
    },
    Dimension {
        name: "client",
        classes: party::CLIENT,
    },
    Dimension {
        name: "logout-hint",
        classes: content::LOGOUT_HINT,
    },
    Dimension {
        name: "locales",
        classes: content::LOCALES,
    },
    Dimension {
        name: "extra",
        classes: content::EXTRA,
    },
    Dimension {
        name: "repeated",
        classes: transport::REPEATED,
    },
    Dimension {
        name: "order",
        classes: transport::ORDER,
    },
    Dimension {
        name: "placement",
        classes: transport::PLACEMENT,
    },
    Dimension {
        name: "method",
        classes: transport::METHOD,
    },
    Dimension {
        name: "content-type",
        classes: transport::CONTENT_TYPE,
    },
    Dimension {
        name: "spelling",
        classes: transport::SPELLING,
    },
    Dimension {
        name: "request-target",
        classes: transport::REQUEST_TARGET,
    },
    Dimension {
        name: "cookies",
        classes: transport::COOKIES,
    },
    Dimension {
        name: "sent",
        classes: transport::SENT,
    },
    Dimension {
        name: "answer",
        classes: transport::ANSWER,
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_unique_and_the_first_class_is_never_grave() {
        let names: BTreeSet<&str> = DIMENSIONS.iter().map(|d| d.name).collect();
        assert_eq!(names.len(), DIMENSIONS.len());
        for dimension in DIMENSIONS {
            let classes: BTreeSet<&str> = dimension.classes.iter().map(|c| c.name).collect();
            assert_eq!(classes.len(), dimension.classes.len(), "{}", dimension.name);
            assert!(dimension.classes.len() > 1, "{}", dimension.name);
            assert!(!dimension.classes[0].grave, "{}", dimension.name);
        }
    }
}

//! Named defects, one file each. A fault changes a policy and nothing else; it states the rules that must notice.

use crate::config::DialectId;
use crate::policy::Policy;

/// A named defect.
#[derive(Debug)]
pub struct Fault {
    /// The defect, in a word or three.
    pub id: &'static str,
    /// What the provider then does, in one sentence.
    pub summary: &'static str,
    /// The dialects it can be switched on for.
    pub dialects: &'static [DialectId],
    /// How bad it is.
    pub expect: Expect,
    /// The rules that are broken with it and not without it, for each dialect.
    pub breaks: &'static [(DialectId, &'static [&'static str])],
    /// Entries of the defect catalogue in which real products did the same.
    pub stands_on: &'static [&'static str],
    /// The change it makes.
    pub inject: fn(&mut Policy),
}

/// What a judge must say to a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    /// A sentence with MUST or MUST NOT is broken.
    Must,
    /// Only sentences with SHOULD or less are broken.
    Should,
    /// Odd but legal: nothing may be called broken.
    None,
}

impl Fault {
    /// Whether the fault can be switched on for a dialect.
    pub fn fits(&self, dialect: DialectId) -> bool {
        self.dialects.contains(&dialect)
    }

    /// The rules it breaks on a dialect.
    pub fn breaks_on(&self, dialect: DialectId) -> &'static [&'static str] {
        self.breaks
            .iter()
            .find(|(of, _)| *of == dialect)
            .map_or(&[], |(_, rules)| rules)
    }
}

/// Every fault, in the order of a sign-off: what is read, the hint, the redirect URI, `state`, the question, the
/// session, the answer, the metadata.
static FAULTS: &[&Fault] = &[];

/// Every fault there is, in the order of a sign-off: what is read, the hint, the redirect URI, `state`, the question,
/// the session, the answer, the metadata.
pub fn faults() -> &'static [&'static Fault] {
    FAULTS
}

/// The fault with this id.
pub fn fault(id: &str) -> Option<&'static Fault> {
    FAULTS.iter().find(|fault| fault.id == id).copied()
}

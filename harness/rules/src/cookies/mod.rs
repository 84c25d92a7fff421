//! RFC 6265bis: the cookies of the provider, and how they end.

use crate::rule::Rule;
use signoff_oidc::spec::{Document, Reference};

mod unjudged;

const fn section(section: &'static str) -> Reference {
    Reference {
        document: Document::Rfc6265bis,
        section,
    }
}

/// The rules of this document.
pub(crate) const RULES: &[Rule] = &[
    unjudged::GRAMMAR,
    unjudged::ATTRIBUTES_ONCE,
    unjudged::NAMES_ONCE,
    unjudged::NAMED,
    unjudged::DELETION,
    unjudged::EVICTION,
    unjudged::MAX_AGE,
    unjudged::PREFIXES,
    unjudged::HOST_PREFIX,
    unjudged::ANY_STATUS,
    unjudged::PREFIX_CASE,
    unjudged::SIZE,
    unjudged::OVERLAY,
    unjudged::NONE_NEEDS_SECURE,
    unjudged::CROSS_SITE_FRAMES,
    unjudged::LAX_AND_POST,
    unjudged::LAX_UNSAFE,
    unjudged::FEW,
    unjudged::AMBIENT,
    unjudged::SECURE,
    unjudged::FIXATION,
    unjudged::SAME_SITE_ALONE,
];

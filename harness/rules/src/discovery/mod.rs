//! OpenID Connect Discovery 1.0 and RFC 8414, as far as sign-off leans on them.

use crate::rule::Rule;

mod json_content_type;

/// The rules of these documents.
pub(crate) const RULES: &[Rule] = &[json_content_type::RULE];

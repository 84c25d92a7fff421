//! Symbolic post-logout redirect URIs: one that is registered, and named operations on it. An operation is
//! a function of what is registered, so it may not be applicable to a target's URI.

use crate::scenario::Party;
use serde::{Deserialize, Serialize};

/// Which registered URI an operation starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Registered {
    /// The first post-logout redirect URI.
    #[default]
    First,
    /// The first one that has a query.
    WithQuery,
    /// The first one with a scheme other than http and https.
    CustomScheme,
    /// The first `redirect_uris` entry: the one for signing in.
    SignIn,
}

/// The value of a `post_logout_redirect_uri`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct RedirectUri {
    /// Whose registered URI it starts from.
    pub of: Party,
    /// Which of them.
    pub registered: Registered,
    /// What is done to it; nothing leaves it as registered.
    pub operation: Option<RedirectOperation>,
}

impl RedirectUri {
    /// The first registered URI of `party`, unchanged.
    pub fn of(party: Party) -> Self {
        RedirectUri {
            of: party,
            ..RedirectUri::default()
        }
    }

    /// Client A's URI of this kind, unchanged.
    pub fn registered(registered: Registered) -> Self {
        RedirectUri {
            registered,
            ..RedirectUri::default()
        }
    }

    /// Client A's first URI after `operation`.
    pub fn altered(operation: RedirectOperation) -> Self {
        RedirectUri {
            operation: Some(operation),
            ..RedirectUri::default()
        }
    }
}

/// A host that belongs to nobody (RFC 2606, RFC 6761).
pub const STRANGER: &str = "evil.test";

/// An operation on a registered URI.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RedirectOperation {
    /// Replace it by this text altogether.
    Instead(String),
    /// Put this text behind it.
    Append(String),
    /// Put this text before it.
    Prepend(String),
    /// Replace the scheme.
    Scheme(String),
    /// The host in upper case.
    UpperCaseHost,
    /// The path in upper case.
    UpperCasePath,
    /// Another host; `{host}` stands for the registered one, `{stranger}` for a stranger's. The port stays.
    Host(String),
    /// Everything between scheme and path: `{authority}`, `{host}` and `{stranger}` are filled in.
    Authority(String),
    /// Another path; `{path}` stands for the registered one, `{last}` for its last segment and `{parent}`
    /// for what is before that segment.
    Path(String),
    /// The path without its last character.
    ShortenPath,
    /// One letter of the path percent-encoded.
    EncodeOneLetter,
    /// Percent-encode the whole URI once more.
    EncodeTwice,
}

/// The parts of a registered URI, as text.
struct Parts<'a> {
    scheme: &'a str,
    authority: &'a str,
    path: &'a str,
    tail: &'a str,
}

impl<'a> Parts<'a> {
    fn of(uri: &'a str) -> Option<Self> {
        let (scheme, rest) = uri.split_once("://")?;
        let (authority, rest) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let (path, tail) = rest.split_at(rest.find(['?', '#']).unwrap_or(rest.len()));
        Some(Parts {
            scheme,
            authority,
            path,
            tail,
        })
    }

    fn host(&self) -> &'a str {
        let host = self
            .authority
            .rsplit_once('@')
            .map_or(self.authority, |(_, host)| host);
        match host.rfind(':') {
            Some(at) if !host[at..].contains(']') => &host[..at],
            _ => host,
        }
    }

    fn write(&self, scheme: &str, authority: &str, path: &str) -> String {
        format!("{scheme}://{authority}{path}{}", self.tail)
    }
}

impl RedirectOperation {
    /// The result for this registered URI; nothing when the operation does not apply to it or would leave
    /// it unchanged.
    pub fn apply(&self, registered: &str) -> Option<String> {
        use RedirectOperation as Op;
        let changed = match self {
            Op::Instead(text) => text.clone(),
            Op::Append(text) => format!("{registered}{text}"),
            Op::Prepend(text) => format!("{text}{registered}"),
            Op::EncodeTwice => registered
                .replace('%', "%25")
                .replace(':', "%3A")
                .replace('/', "%2F"),
            other => other.apply_to_parts(&Parts::of(registered)?)?,
        };
        (changed != registered).then_some(changed)
    }

    fn apply_to_parts(&self, parts: &Parts<'_>) -> Option<String> {
        use RedirectOperation as Op;
        Some(match self {
            Op::Scheme(scheme) => parts.write(scheme, parts.authority, parts.path),
            Op::UpperCaseHost => parts.write(
                parts.scheme,
                &parts.authority.to_ascii_uppercase(),
                parts.path,
            ),
            Op::UpperCasePath => parts.write(
                parts.scheme,
                parts.authority,
                &parts.path.to_ascii_uppercase(),
            ),
            Op::Host(template) => {
                let host = template
                    .replace("{host}", parts.host())
                    .replace("{stranger}", STRANGER);
                let authority = format!(
                    "{host}{}",
                    &parts.authority[parts.authority.rfind(parts.host())? + parts.host().len()..]
                );
                parts.write(parts.scheme, &authority, parts.path)
            }
            Op::Authority(template) => {
                let authority = template
                    .replace("{authority}", parts.authority)
                    .replace("{host}", parts.host())
                    .replace("{stranger}", STRANGER);
                parts.write(parts.scheme, &authority, parts.path)
            }
            Op::Path(template) => {
                let (parent, last) = parts.path.rsplit_once('/')?;
                let path = template
                    .replace("{path}", parts.path)
                    .replace("{last}", last)
                    .replace("{parent}", parent);
                parts.write(parts.scheme, parts.authority, &path)
            }
            Op::ShortenPath => {
                let mut characters = parts.path.chars();
                characters.next_back()?;
                parts.write(parts.scheme, parts.authority, characters.as_str())
            }
            Op::EncodeOneLetter => {
                let at = parts.path.rfind(|c: char| c.is_ascii_alphabetic())?;
                let letter = parts.path.as_bytes()[at];
                let path = format!(
                    "{}%{letter:02x}{}",
                    &parts.path[..at],
                    &parts.path[at + 1..]
                );
                parts.write(parts.scheme, parts.authority, &path)
            }
            Op::Instead(_) | Op::Append(_) | Op::Prepend(_) | Op::EncodeTwice => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const URI: &str = "https://rp.example:8443/app/out";

    fn apply(operation: &RedirectOperation) -> Option<String> {
        operation.apply(URI)
    }

    #[test]
    fn operations_change_the_part_they_name() {
        use RedirectOperation as Op;
        assert_eq!(
            apply(&Op::Host("{host}.{stranger}".into())).as_deref(),
            Some("https://rp.example.evil.test:8443/app/out")
        );
        assert_eq!(
            apply(&Op::Authority("{authority}@{stranger}".into())).as_deref(),
            Some("https://rp.example:8443@evil.test/app/out")
        );
        assert_eq!(
            apply(&Op::Path("{parent}/./{last}".into())).as_deref(),
            Some("https://rp.example:8443/app/./out")
        );
        assert_eq!(
            apply(&Op::EncodeOneLetter).as_deref(),
            Some("https://rp.example:8443/app/ou%74")
        );
        assert_eq!(
            apply(&Op::UpperCasePath).as_deref(),
            Some("https://rp.example:8443/APP/OUT")
        );
        assert_eq!(
            apply(&Op::ShortenPath).as_deref(),
            Some("https://rp.example:8443/app/ou")
        );
    }

    #[test]
    fn an_operation_that_changes_nothing_is_not_applicable() {
        assert_eq!(RedirectOperation::Scheme("https".into()).apply(URI), None);
        assert_eq!(
            RedirectOperation::UpperCasePath.apply("https://rp.example/1"),
            None
        );
        assert_eq!(
            RedirectOperation::UpperCaseHost.apply("com.example.app:/out"),
            None
        );
    }

    proptest! {
        #[test]
        fn no_registered_text_makes_an_operation_panic(uri in ".*") {
            use RedirectOperation as Op;
            for operation in [Op::UpperCaseHost, Op::UpperCasePath, Op::ShortenPath, Op::EncodeOneLetter, Op::EncodeTwice,
                Op::Host("{host}.x".into()), Op::Authority("x@{authority}".into()), Op::Path("{parent}//{last}".into())] {
                if let Some(result) = operation.apply(&uri) {
                    prop_assert_ne!(result, uri.clone());
                }
            }
        }
    }
}

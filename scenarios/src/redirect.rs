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
    /// The first one with an asterisk in it, which some OPs take for a pattern.
    Pattern,
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
    /// What is done to the result, in order, where it applies.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub then: Vec<RedirectOperation>,
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

    /// The text for this registered URI; nothing when the operation does not apply to it.
    pub fn applied_to(&self, registered: &str) -> Option<String> {
        let first = match &self.operation {
            Some(operation) => operation.apply(registered)?,
            None => registered.to_owned(),
        };
        let further = self.then.iter();
        Some(further.fold(first, |uri, operation| operation.apply(&uri).unwrap_or(uri)))
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
    /// The scheme in upper case.
    UpperCaseScheme,
    /// The host in upper case.
    UpperCaseHost,
    /// One letter of the host replaced by the Cyrillic or Greek letter that looks like it.
    HomoglyphHost,
    /// The dots of the host replaced by the full-width dot U+FF0E, which IDNA maps to a dot.
    FullWidthDots,
    /// The scheme's default port written out, where no port is.
    DefaultPort,
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
    /// This text in the place of its first asterisk; `{stranger}` is filled in.
    InPlaceOfAsterisk(String),
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

    /// The URI with another host; the port stays, user information goes.
    fn with_host(&self, host: &str) -> Option<String> {
        let port_at = self.authority.rfind(self.host())? + self.host().len();
        let authority = format!("{host}{}", &self.authority[port_at..]);
        Some(self.write(self.scheme, &authority, self.path))
    }

    fn with_default_port(&self) -> Option<String> {
        let port = match self.scheme.to_ascii_lowercase().as_str() {
            "https" => 443,
            "http" => 80,
            _ => return None,
        };
        self.authority
            .ends_with(self.host())
            .then(|| format!("{}:{port}", self.authority))
    }

    fn write(&self, scheme: &str, authority: &str, path: &str) -> String {
        format!("{scheme}://{authority}{path}{}", self.tail)
    }
}

/// The host with its last letter that has a twin in another script replaced by that twin.
fn homoglyph(host: &str) -> Option<String> {
    const TWINS: [(char, char); 6] = [
        ('a', '\u{430}'),
        ('c', '\u{441}'),
        ('e', '\u{435}'),
        ('o', '\u{43e}'),
        ('p', '\u{440}'),
        ('v', '\u{3bd}'),
    ];
    let (at, twin) = host.char_indices().rev().find_map(|(at, letter)| {
        TWINS
            .iter()
            .find(|(latin, _)| *latin == letter)
            .map(|(_, twin)| (at, twin))
    })?;
    Some(format!("{}{twin}{}", &host[..at], &host[at + 1..]))
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
            Op::InPlaceOfAsterisk(text) => {
                let (before, behind) = registered.split_once('*')?;
                format!("{before}{}{behind}", text.replace("{stranger}", STRANGER))
            }
            other => other.apply_to_parts(&Parts::of(registered)?)?,
        };
        (changed != registered).then_some(changed)
    }

    fn apply_to_parts(&self, parts: &Parts<'_>) -> Option<String> {
        use RedirectOperation as Op;
        Some(match self {
            Op::Scheme(scheme) => parts.write(scheme, parts.authority, parts.path),
            Op::UpperCaseScheme => parts.write(
                &parts.scheme.to_ascii_uppercase(),
                parts.authority,
                parts.path,
            ),
            Op::HomoglyphHost => parts.with_host(&homoglyph(parts.host())?)?,
            Op::FullWidthDots => parts.with_host(&parts.host().replace('.', "\u{ff0e}"))?,
            Op::DefaultPort => parts.write(parts.scheme, &parts.with_default_port()?, parts.path),
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
            Op::Host(template) => parts.with_host(
                &template
                    .replace("{host}", parts.host())
                    .replace("{stranger}", STRANGER),
            )?,
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
            Op::Instead(_)
            | Op::Append(_)
            | Op::Prepend(_)
            | Op::EncodeTwice
            | Op::InPlaceOfAsterisk(_) => return None,
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
    fn the_place_of_an_asterisk_is_there_only_where_one_is() {
        let operation = RedirectOperation::InPlaceOfAsterisk("{stranger}?".into());
        assert_eq!(
            operation.apply("https://*.rp.example/out").as_deref(),
            Some("https://evil.test?.rp.example/out")
        );
        assert_eq!(apply(&operation), None);
    }

    #[test]
    fn spellings_of_scheme_host_and_port_change_only_those() {
        use RedirectOperation as Op;
        assert_eq!(
            apply(&Op::UpperCaseScheme).as_deref(),
            Some("HTTPS://rp.example:8443/app/out")
        );
        assert_eq!(
            apply(&Op::HomoglyphHost).as_deref(),
            Some("https://rp.exampl\u{435}:8443/app/out")
        );
        assert_eq!(
            apply(&Op::FullWidthDots).as_deref(),
            Some("https://rp\u{ff0e}example:8443/app/out")
        );
        assert_eq!(
            Op::DefaultPort.apply("https://rp.example/out").as_deref(),
            Some("https://rp.example:443/out")
        );
    }

    #[test]
    fn a_port_that_is_written_out_already_stays() {
        assert_eq!(apply(&RedirectOperation::DefaultPort), None);
        assert_eq!(
            RedirectOperation::HomoglyphHost.apply("http://127.0.0.1/out"),
            None
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
            for operation in [Op::UpperCaseScheme, Op::UpperCaseHost, Op::HomoglyphHost, Op::FullWidthDots, Op::DefaultPort, Op::UpperCasePath, Op::ShortenPath, Op::EncodeOneLetter, Op::EncodeTwice,
                Op::Host("{host}.x".into()), Op::Authority("x@{authority}".into()), Op::Path("{parent}//{last}".into())] {
                if let Some(result) = operation.apply(&uri) {
                    prop_assert_ne!(result, uri.clone());
                }
            }
        }
    }
}

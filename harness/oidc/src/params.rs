//! Request parameters as they were sent: order, repeats and empty values are kept.
//!
//! `application/x-www-form-urlencoded` in a query string or a body (OpenID Connect Core 1.0 section 13.1
//! and 13.2). Values are bytes, because what is sent on purpose need not be UTF-8.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode, percent_encode};

/// Everything but the unreserved characters of RFC 3986 section 2.3 is percent-encoded.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// How often a parameter was given. Absent, empty and repeated are three different things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given<T = Vec<u8>> {
    /// The parameter's name does not occur.
    Absent,
    /// It occurs once, without a value or with an empty one.
    Empty,
    /// It occurs once, with a value.
    Once(T),
    /// It occurs several times; the values in the order sent, empty ones included.
    Repeated(Vec<T>),
}

impl<T> Given<T> {
    /// The value, when there is exactly one that is not empty.
    pub fn once(&self) -> Option<&T> {
        match self {
            Given::Once(value) => Some(value),
            _ => None,
        }
    }

    /// True for [`Given::Absent`] and [`Given::Empty`]: a parameter without a value counts as omitted
    /// (RFC 6749 section 3.1, a rule of the authorization endpoint that most OPs follow everywhere).
    pub fn is_omitted(&self) -> bool {
        matches!(self, Given::Absent | Given::Empty)
    }

    /// The word for reports and for predicates: `absent`, `empty`, `once`, `repeated`.
    pub fn word(&self) -> &'static str {
        match self {
            Given::Absent => "absent",
            Given::Empty => "empty",
            Given::Once(_) => "once",
            Given::Repeated(_) => "repeated",
        }
    }
}

/// Names and values in the order sent, percent-decoded exactly once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Params(Vec<(Vec<u8>, Vec<u8>)>);

impl Params {
    /// No parameters.
    pub fn new() -> Self {
        Params::default()
    }

    /// Parses a query string or a form body. Splits on `&` only: a `;` is data (RFC 3986 allows it raw
    /// in a query). A `+` is a space; a `%` that is not followed by two hexadecimal digits stays.
    pub fn parse(encoded: &[u8]) -> Self {
        let pairs = encoded
            .split(|&byte| byte == b'&')
            .filter(|pair| !pair.is_empty());
        Params(
            pairs
                .map(|pair| {
                    let (name, value) = match pair.iter().position(|&byte| byte == b'=') {
                        Some(at) => (&pair[..at], &pair[at + 1..]),
                        None => (pair, &[][..]),
                    };
                    (decode(name), decode(value))
                })
                .collect(),
        )
    }

    /// Adds one parameter at the end.
    pub fn push(&mut self, name: impl Into<Vec<u8>>, value: impl Into<Vec<u8>>) {
        self.0.push((name.into(), value.into()));
    }

    /// The same, by value, for chains.
    #[must_use]
    pub fn with(mut self, name: impl Into<Vec<u8>>, value: impl Into<Vec<u8>>) -> Self {
        self.push(name, value);
        self
    }

    /// How often `name` was given, and with what.
    pub fn given(&self, name: &str) -> Given {
        let mut values: Vec<Vec<u8>> = self
            .0
            .iter()
            .filter(|(n, _)| n == name.as_bytes())
            .map(|(_, v)| v.clone())
            .collect();
        match values.len() {
            0 => Given::Absent,
            1 => match values.remove(0) {
                empty if empty.is_empty() => Given::Empty,
                value => Given::Once(value),
            },
            _ => Given::Repeated(values),
        }
    }

    /// The first value of `name`, if any, as text.
    pub fn text(&self, name: &str) -> Option<String> {
        self.0
            .iter()
            .find(|(n, _)| n == name.as_bytes())
            .map(|(_, v)| String::from_utf8_lossy(v).into_owned())
    }

    /// All pairs in the order sent.
    pub fn iter(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_slice(), value.as_slice()))
    }

    /// True when there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The parameters of `self`, then those of `other`.
    #[must_use]
    pub fn followed_by(mut self, other: Params) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Spells the parameters as `application/x-www-form-urlencoded`; a space becomes `%20`, which both
    /// readings (form and RFC 3986) decode alike.
    pub fn encode(&self) -> String {
        let pairs: Vec<String> = self
            .0
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect();
        pairs.join("&")
    }
}

/// Percent-encodes everything that is not unreserved.
pub fn encode(value: &[u8]) -> String {
    percent_encode(value, RESERVED).to_string()
}

/// One form-decode: `+` is a space, then percent-decoding; what is not an escape stays as it is.
pub fn decode(encoded: &[u8]) -> Vec<u8> {
    let spaced: Vec<u8> = encoded
        .iter()
        .map(|&byte| if byte == b'+' { b' ' } else { byte })
        .collect();
    percent_decode(&spaced).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn absent_empty_once_and_repeated_are_four_things() {
        let params = Params::parse(b"a=1&b=&c&d=1&d=2");
        assert_eq!(params.given("a"), Given::Once(b"1".to_vec()));
        assert_eq!(params.given("b"), Given::Empty);
        assert_eq!(params.given("c"), Given::Empty);
        assert_eq!(
            params.given("d"),
            Given::Repeated(vec![b"1".to_vec(), b"2".to_vec()])
        );
        assert_eq!(params.given("e"), Given::Absent);
    }

    #[test]
    fn a_semicolon_is_data_and_a_stray_percent_stays() {
        let params = Params::parse(b"state=a;b=c&x=%zz+%2B");
        assert_eq!(params.given("state"), Given::Once(b"a;b=c".to_vec()));
        assert_eq!(params.given("x"), Given::Once(b"%zz +".to_vec()));
    }

    proptest! {
        #[test]
        fn what_is_encoded_decodes_to_the_same_bytes(pairs in prop::collection::vec((prop::collection::vec(any::<u8>(), 1..8), prop::collection::vec(any::<u8>(), 0..40)), 0..6)) {
            let params = Params(pairs);
            prop_assert_eq!(Params::parse(params.encode().as_bytes()), params);
        }

        #[test]
        fn any_bytes_parse(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let params = Params::parse(&bytes);
            prop_assert!(params.iter().count() <= bytes.len());
        }
    }
}

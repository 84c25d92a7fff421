//! Parameters as they were sent: order, repeats, empties and octets that are not UTF-8 are kept.

use std::borrow::Cow;

use crate::http::Request;

/// The decoded pairs of a query or a form body.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parameters(Vec<(Vec<u8>, Vec<u8>)>);

/// How often a parameter was given. Empty counts as absent (RFC 6749 section 3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Given<'a> {
    Absent,
    Once(&'a [u8]),
    Repeated,
}

impl Parameters {
    pub(crate) fn parse(encoded: &[u8]) -> Self {
        let pairs = encoded
            .split(|octet| *octet == b'&')
            .filter(|pair| !pair.is_empty());
        Self(
            pairs
                .map(|pair| {
                    let mut halves = pair.splitn(2, |octet| *octet == b'=');
                    let name = halves.next().unwrap_or_default();
                    (decoded(name), decoded(halves.next().unwrap_or_default()))
                })
                .collect(),
        )
    }

    /// The parameters of a request's content, if it says that it is a form.
    pub(crate) fn of_form(request: &Request) -> Self {
        if is_form(request) {
            Self::parse(&request.body)
        } else {
            Self::default()
        }
    }

    /// The same parameters with exactly this value of one of them.
    pub(crate) fn with(&self, name: &str, value: &[u8]) -> Self {
        let others = self.0.iter().filter(|(known, _)| known != name.as_bytes());
        let mut pairs: Vec<_> = others.cloned().collect();
        pairs.push((name.as_bytes().to_vec(), value.to_vec()));
        Self(pairs)
    }

    /// The names, in the order in which they were sent.
    pub(crate) fn names(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(|(name, _)| name.as_slice())
    }

    /// The same parameters without some of them.
    pub(crate) fn without(&self, names: &[&str]) -> Self {
        let left_out = |name: &[u8]| names.iter().any(|known| known.as_bytes() == name);
        let pairs = self.0.iter().filter(|(name, _)| !left_out(name));
        Self(pairs.cloned().collect())
    }

    /// The parameters as a form encodes them.
    pub(crate) fn encoded(&self) -> String {
        let pairs = self.0.iter();
        let spelled: Vec<_> = pairs
            .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
            .collect();
        spelled.join("&")
    }

    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a [u8]> {
        self.0
            .iter()
            .filter(move |(known, _)| known == name.as_bytes())
            .map(|(_, value)| value.as_slice())
    }

    pub(crate) fn given<'a>(&'a self, name: &'a str) -> Given<'a> {
        let mut values = self.all(name);
        match (values.next(), values.next()) {
            (_, Some(_)) => Given::Repeated,
            (Some(value), None) if !value.is_empty() => Given::Once(value),
            _ => Given::Absent,
        }
    }

    /// The value of a parameter that was given once, as octets.
    pub(crate) fn octets<'a>(&'a self, name: &'a str) -> Option<&'a [u8]> {
        match self.given(name) {
            Given::Once(value) => Some(value),
            Given::Absent | Given::Repeated => None,
        }
    }

    /// The value of a parameter that was given once and is UTF-8.
    pub(crate) fn text<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.octets(name)
            .and_then(|value| std::str::from_utf8(value).ok())
    }

    /// Names and values in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_slice(), value.as_slice()))
    }
}

pub(crate) fn is_form(request: &Request) -> bool {
    media_type(request).is_some_and(|kind| kind == "application/x-www-form-urlencoded")
}

/// The media type of the content, lower case and without its parameters.
pub(crate) fn media_type(request: &Request) -> Option<String> {
    let value = std::str::from_utf8(request.header("Content-Type")?).ok()?;
    Some(
        value
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase(),
    )
}

/// The names alone, decoded, of an encoded text.
pub(crate) fn names(encoded: &[u8]) -> impl Iterator<Item = Cow<'_, [u8]>> {
    let pairs = encoded
        .split(|octet| *octet == b'&')
        .filter(|pair| !pair.is_empty());
    pairs.map(|pair| {
        let name = pair.split(|octet| *octet == b'=').next();
        let name = name.unwrap_or_default();
        if is_plain(name) {
            Cow::Borrowed(name)
        } else {
            Cow::Owned(decoded(name))
        }
    })
}

/// Nothing has to be decoded, as in most values: they are tokens and the like.
fn is_plain(text: &[u8]) -> bool {
    !text.iter().any(|octet| matches!(octet, b'%' | b'+'))
}

/// Percent signs that introduce nothing stay as they are.
fn decoded(text: &[u8]) -> Vec<u8> {
    if is_plain(text) {
        return text.to_vec();
    }
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((octet, after)) = rest.split_first() {
        let (octet, after) = match (octet, after) {
            (b'%', [high, low, after @ ..]) => match (digit(*high), digit(*low)) {
                (Some(high), Some(low)) => (high << 4 | low, after),
                _ => (b'%', &rest[1..]),
            },
            (b'+', after) => (b' ', after),
            (octet, after) => (*octet, after),
        };
        decoded.push(octet);
        rest = after;
    }
    decoded
}

fn digit(octet: u8) -> Option<u8> {
    let digit = char::from(octet).to_digit(16)?;
    u8::try_from(digit).ok()
}

/// A value as `application/x-www-form-urlencoded`.
pub(crate) fn encoded(value: &[u8]) -> String {
    form_urlencoded::byte_serialize(value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_empty_once_and_repeated_are_told_apart() {
        let parameters = Parameters::parse(b"empty=&once=a%20b+c&twice=1&twice=&bare&&=nameless");
        assert_eq!(parameters.given("absent"), Given::Absent);
        assert_eq!(parameters.given("empty"), Given::Absent);
        assert_eq!(parameters.given("bare"), Given::Absent);
        assert_eq!(parameters.given("once"), Given::Once(b"a b c"));
        assert_eq!(parameters.given("twice"), Given::Repeated);
    }

    #[test]
    fn octets_that_are_not_utf8_survive_and_come_back_encoded() {
        let names: Vec<_> = names(b"state=%ff&&n%61me&=x&%zz+=")
            .map(Cow::into_owned)
            .collect();
        assert_eq!(names, [&b"state"[..], b"name", b"", b"%zz "]);
        let parameters = Parameters::parse(b"state=%ff%zz;%3B");
        assert_eq!(parameters.given("state"), Given::Once(b"\xff%zz;;"));
        for (sent, decoded) in [
            ("%", "%"),
            ("%4", "%4"),
            ("%%41", "%A"),
            ("%2+", "%2 "),
            ("%4g%4A+%4a", "%4gJ J"),
        ] {
            assert_eq!(
                super::decoded(sent.as_bytes()),
                decoded.as_bytes(),
                "{sent}"
            );
        }
        assert_eq!(encoded(b"\xff ;+"), "%FF+%3B%2B");
    }
}

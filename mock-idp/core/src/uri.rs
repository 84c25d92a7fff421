//! URIs as text: parameters are added without touching what is there.

use crate::parameters::encoded;

/// A URI with parameters added to its query, before any fragment.
pub(crate) fn with_parameters(uri: &[u8], parameters: &[(&str, &[u8])]) -> String {
    let spelled: Vec<_> = parameters
        .iter()
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    if spelled.is_empty() {
        location(uri)
    } else {
        with_query(uri, &spelled.join("&"))
    }
}

/// A URI with an already spelled query added to its own, before any fragment.
pub(crate) fn with_query(uri: &[u8], added: &str) -> String {
    let hash = uri
        .iter()
        .position(|octet| *octet == b'#')
        .unwrap_or(uri.len());
    let (before, fragment) = uri.split_at(hash);
    let joint = match before.iter().position(|octet| *octet == b'?') {
        None => "?",
        Some(_) if before.ends_with(b"?") || before.ends_with(b"&") => "",
        Some(_) => "&",
    };
    format!("{}{joint}{added}{}", location(before), location(fragment))
}

/// A URI with an already spelled query added at its very end, as ASP.NET hosts do who know of no fragments.
pub(crate) fn with_query_at_the_end(uri: &[u8], added: &str) -> String {
    let joint = match uri.iter().position(|octet| *octet == b'?') {
        None => "?",
        Some(_) if uri.ends_with(b"&") => "",
        Some(_) => "&",
    };
    format!("{}{joint}{added}", location(uri))
}

/// Octets as they can stand in a `Location`: what is not visible ASCII is percent-encoded.
pub(crate) fn location(uri: &[u8]) -> String {
    let mut text = String::with_capacity(uri.len());
    for octet in uri {
        match octet {
            b'!'..=b'~' => text.push(char::from(*octet)),
            other => text.push_str(percent_encoding::percent_encode_byte(*other)),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_join_as_the_uri_wants_and_stand_before_a_fragment() {
        let cases: &[(&[u8], &str)] = &[
            (
                b"https://rp.example/out",
                "https://rp.example/out?state=a+b",
            ),
            (
                b"https://rp.example/out?x=1",
                "https://rp.example/out?x=1&state=a+b",
            ),
            (
                b"https://rp.example/out?",
                "https://rp.example/out?state=a+b",
            ),
            (
                b"https://rp.example/out?x&",
                "https://rp.example/out?x&state=a+b",
            ),
            (
                b"https://rp.example/out#f?",
                "https://rp.example/out?state=a+b#f?",
            ),
            (b"com.example.app:/out", "com.example.app:/out?state=a+b"),
        ];
        for (uri, expected) in cases {
            assert_eq!(with_parameters(uri, &[("state", b"a b")]), *expected);
        }
    }

    #[test]
    fn line_ends_cannot_leave_a_location() {
        assert_eq!(
            location(b"https://rp.example/\r\nX: y\xff"),
            "https://rp.example/%0D%0AX:%20y%FF"
        );
    }
}

//! The same parameters written in different ways.

use signoff_oidc::params::encode;
use signoff_scenarios::Spelling;
use std::fmt::Write as _;

/// A parameter's name as it is written.
pub(crate) fn name(spelling: Spelling, name: &[u8]) -> String {
    match spelling {
        Spelling::EscapedNames => escaped(name),
        other => written(other, name),
    }
}

/// A parameter's value as it is written.
pub(crate) fn value(spelling: Spelling, value: &[u8]) -> String {
    match spelling {
        Spelling::EscapedValues => escaped(value),
        other => written(other, value),
    }
}

/// The parameters side by side.
pub(crate) fn joined(spelling: Spelling, parameters: &[String]) -> String {
    match spelling {
        Spelling::TrailingAmpersand => format!("{}&", parameters.join("&")),
        Spelling::LeadingAmpersand => format!("&{}", parameters.join("&")),
        Spelling::DoubledAmpersands => parameters.join("&&"),
        _ => parameters.join("&"),
    }
}

fn written(spelling: Spelling, octets: &[u8]) -> String {
    let usual = encode(octets);
    match spelling {
        Spelling::LowerCaseEscapes => lower_case_escapes(&usual),
        Spelling::PlusForSpace => usual.replace("%20", "+"),
        Spelling::RawUnicode => raw_unicode(octets),
        _ => usual,
    }
}

/// ASCII as usual, and what else is UTF-8 as it is.
fn raw_unicode(octets: &[u8]) -> String {
    let mut text = String::with_capacity(octets.len());
    for chunk in octets.utf8_chunks() {
        for c in chunk.valid().chars() {
            if c.is_ascii() {
                text.push_str(&encode(c.encode_utf8(&mut [0; 4]).as_bytes()));
            } else {
                text.push(c);
            }
        }
        text.push_str(&encode(chunk.invalid()));
    }
    text
}

fn escaped(octets: &[u8]) -> String {
    let mut text = String::with_capacity(octets.len() * 3);
    for octet in octets {
        // Writing to a string cannot fail.
        let _ = write!(text, "%{octet:02X}");
    }
    text
}

/// Only the two digits behind each `%` change.
fn lower_case_escapes(text: &str) -> String {
    let mut digits = 0;
    text.chars()
        .map(|c| {
            if c == '%' {
                digits = 2;
                return c;
            }
            let in_escape = digits > 0;
            digits = u8::saturating_sub(digits, 1);
            if in_escape { c.to_ascii_lowercase() } else { c }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use signoff_oidc::Params;

    const ALL: [Spelling; 9] = [
        Spelling::Usual,
        Spelling::TrailingAmpersand,
        Spelling::LeadingAmpersand,
        Spelling::DoubledAmpersands,
        Spelling::LowerCaseEscapes,
        Spelling::EscapedNames,
        Spelling::EscapedValues,
        Spelling::PlusForSpace,
        Spelling::RawUnicode,
    ];

    fn spell(spelling: Spelling) -> String {
        let pairs: [(&[u8], &[u8]); 2] = [(b"state", b"a /+\xffAF\xc3\xa9"), (b"x", b"")];
        let written: Vec<String> = pairs
            .iter()
            .map(|(n, v)| format!("{}={}", name(spelling, n), value(spelling, v)))
            .collect();
        joined(spelling, &written)
    }

    #[test]
    fn every_spelling_says_the_same_and_no_two_are_written_alike() {
        let usual = Params::parse(spell(Spelling::Usual).as_bytes());
        let mut texts = std::collections::BTreeSet::new();
        for spelling in ALL {
            let text = spell(spelling);
            assert_eq!(Params::parse(text.as_bytes()), usual, "{text}");
            assert!(texts.insert(text), "{spelling:?} is no spelling of its own");
        }
    }

    #[test]
    fn only_escapes_change_their_case() {
        assert_eq!(lower_case_escapes("AF%2FAB%C3%A4"), "AF%2fAB%c3%a4");
    }
}

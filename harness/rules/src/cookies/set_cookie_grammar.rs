//! `Set-Cookie` keeps to its grammar: a name of token characters, a value of cookie octets, and a `Max-Age`
//! of digits only.
//!
//! The draft says MUST NOT; RFC 6265, which is in force, says SHOULD NOT, and that is what it counts as.
//!
//! # Why it matters
//! The end of a session is a `Set-Cookie`, too. Browsers repair much, and not alike: where one reads a
//! deletion, another keeps the cookie (G-01).
//!
//! # What does not count
//! `Max-Age=0`, with which everybody deletes although the grammar wants another first digit. The spelling of
//! dates, attributes that the grammar does not know, and spaces around the parts.
//!
//! # How to fix
//! Let the cookie library of the platform write the field, and encode values.

use super::reading::{Field, fields};
use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::SignOff;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CK-4.1.1-01",
    name: "set-cookie-grammar",
    level: Level::ShouldNot,
    source: section("4.1.1"),
    title: "Set-Cookie keeps to its grammar; Max-Age is digits only",
    file: include_str!("set_cookie_grammar.rs"),
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let set = fields(s);
    only_if(!set.is_empty(), "no cookie was set")?;
    let wrong = set.iter().find_map(wrong);
    s.must_not(
        wrong.map_or_else(|| Seen::No("all keep to it".to_owned()), Seen::Yes),
        s.shown(&Seen::Yes(format!("{} fields", set.len()))),
        "name=value in the characters of the grammar, and Max-Age in digits",
    )
}

/// What is wrong with a field, without its value.
fn wrong(field: &Field) -> Option<String> {
    let name = field.name();
    if !name.is_empty() && !name.bytes().all(is_token) {
        return Some(format!("the name {name:?}"));
    }
    let pair = field.text.split(';').next().unwrap_or("");
    let value = pair.split_once('=').map_or("", |(_, value)| value).trim();
    let bare = value
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(value);
    if let Some(octet) = bare.bytes().find(|octet| !is_cookie_octet(*octet)) {
        return Some(format!("the octet 0x{octet:02x} in the value of {name}"));
    }
    let is_digits = |age: &str| !age.is_empty() && age.bytes().all(|b| b.is_ascii_digit());
    field
        .attributes()
        .filter(|(attribute, _)| attribute.eq_ignore_ascii_case("Max-Age"))
        .map(|(_, age)| age.unwrap_or(""))
        .find(|age| !is_digits(age))
        .map(|age| format!("Max-Age={age} of {name}"))
}

/// A character of a token (RFC 9110 section 5.6.2).
fn is_token(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&octet)
}

fn is_cookie_octet(octet: u8) -> bool {
    matches!(octet, 0x21 | 0x23..=0x2b | 0x2d..=0x3a | 0x3c..=0x5b | 0x5d..=0x7e)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, OUT, OWN, TARGET, redirect, with_header};

    fn answered(fields: &[&str]) -> Case {
        let answer = fields.iter().fold(redirect(303, OUT), |answer, field| {
            with_header(answer, "Set-Cookie", field)
        });
        Case::new().get(&[OWN, TARGET]).gets(answer)
    }

    #[test]
    fn what_the_grammar_allows_keeps_it() {
        for field in [
            "session=abc.DEF-1; Path=/; Secure; HttpOnly",
            "session=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
            "session=\"quoted\"; max-age=3600; Priority=High",
        ] {
            answered(&[field]).assert_kept(&RULE);
        }
    }

    #[test]
    fn other_characters_and_a_negative_age_break_it() {
        for field in [
            "session=a b",
            "session={\"a\":1}",
            "ses sion=1",
            "session=1; Max-Age=-1",
            "session=1; Max-Age=",
            "session=\"one\"two\"",
        ] {
            answered(&["ok=1", field]).assert_violated(&RULE);
        }
    }

    #[test]
    fn cookies_of_the_sign_in_count_and_none_at_all_do_not() {
        let signed_in = with_header(redirect(302, OUT), "Set-Cookie", "s=a,b");
        Case::new()
            .signed_in_by(signed_in)
            .get(&[OWN])
            .assert_violated(&RULE);
        answered(&[]).assert_not_mine(&RULE);
    }
}

//! The provider uses few and small cookies: none that browsers drop for its size, no more than they keep, and
//! not one more with every sign-off.
//!
//! # Why it matters
//! A provider left one cookie behind for each attempt to sign off, until the request was too long for the
//! server and nobody could sign off or on any more (K-08).
//!
//! # What does not count
//! How many cookies are few: only what leaves the limits that RFC 6265bis section 6.1 wants of browsers (50 a
//! domain, 4096 octets each) or grows from one sign-off to the next.
//!
//! # How to fix
//! Keep what belongs to an attempt on the server, under one cookie, and delete it when the attempt is over.

use super::reading::{fields, jars};
use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::SignOff;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CK-6.1-01",
    name: "few-and-small-cookies",
    level: Level::Should,
    source: section("6.1"),
    title: "cookies are few and small",
    file: include_str!("few_and_small_cookies.rs"),
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

/// Name and value of a cookie together, in octets.
const LARGEST: usize = 4096;
/// Cookies of one domain.
const MOST: usize = 50;

fn judge(s: &SignOff<'_>) -> Ruling {
    let set = fields(s);
    only_if(!set.is_empty(), "no cookie was set")?;
    let large = set.iter().find(|field| {
        let pair = field.text.split(';').next().unwrap_or("");
        pair.len() > LARGEST + 1
    });
    let (before, after) = jars(s);
    let count = after.iter().count();
    let left = left_behind(s);
    let wrong = if let Some(field) = large {
        Some(format!(
            "the cookie {} is larger than {LARGEST} octets",
            field.name()
        ))
    } else if count > MOST {
        Some(format!("{count} cookies"))
    } else if count > before.iter().count() && !left.is_empty() {
        Some(format!(
            "one more cookie with each sign-off, now {}",
            left.join(", ")
        ))
    } else {
        None
    };
    s.must_not(
        wrong.map_or_else(|| Seen::No("few and small".to_owned()), Seen::Yes),
        s.shown(&Seen::Yes(format!("{} fields", set.len()))),
        "few cookies, none of more than 4096 octets, and none left behind by each sign-off",
    )
}

/// The cookies that this visit left behind, if the sign-off before left other ones behind.
fn left_behind(s: &SignOff<'_>) -> Vec<String> {
    let added = |s: &SignOff<'_>| -> Vec<String> {
        let (before, after) = jars(s);
        let new = after
            .iter()
            .filter(|cookie| before.iter().all(|known| known.name != cookie.name));
        new.map(|cookie| cookie.name.clone()).collect()
    };
    let earlier = (0..s.index)
        .rev()
        .find(|index| s.record.attempts[*index].browser == s.attempt().browser);
    let Some(index) = earlier else {
        return Vec::new();
    };
    if added(&SignOff { index, ..*s }).is_empty() {
        Vec::new()
    } else {
        added(s)
    }
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
    fn a_few_small_ones_keep_it() {
        answered(&["a=1", "b=2"]).assert_kept(&RULE);
        let twice = answered(&["a=1"]).get(&[OWN, TARGET]).gets(with_header(
            redirect(303, OUT),
            "Set-Cookie",
            "a=2",
        ));
        twice.assert_kept(&RULE);
    }

    #[test]
    fn a_large_one_many_and_one_more_each_time_break_it() {
        answered(&[&format!("a={}", "x".repeat(5000))]).assert_violated(&RULE);
        let many: Vec<String> = (0..60).map(|number| format!("c{number}=1")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        answered(&many).assert_violated(&RULE);
        let grows = answered(&["a=1"]).get(&[OWN, TARGET]).gets(with_header(
            redirect(303, OUT),
            "Set-Cookie",
            "b=2",
        ));
        grows.assert_violated(&RULE);
    }

    #[test]
    fn the_limits_themselves_are_within_them() {
        let of = |octets: usize| answered(&[&format!("a={}", "x".repeat(octets - 1))]);
        of(4096).assert_kept(&RULE);
        of(4097).assert_violated(&RULE);
        let many = |count: usize| {
            let fields: Vec<String> = (0..count).map(|number| format!("c{number}=1")).collect();
            answered(&fields.iter().map(String::as_str).collect::<Vec<_>>())
        };
        many(50).assert_kept(&RULE);
        many(51).assert_violated(&RULE);
    }

    #[test]
    fn one_cookie_in_the_place_of_another_is_not_one_more() {
        let answer = with_header(redirect(303, OUT), "Set-Cookie", "a=; Max-Age=0");
        let replaced = answered(&["a=1"]).get(&[OWN, TARGET]);
        replaced
            .gets(with_header(answer, "Set-Cookie", "b=2"))
            .assert_kept(&RULE);
    }

    #[test]
    fn cookies_are_left_behind_by_sign_offs_in_a_row_of_the_same_browser() {
        let set = |cookie| with_header(redirect(303, OUT), "Set-Cookie", cookie);
        let second = |first: Case| first.get(&[OWN, TARGET]).gets(set("b=2"));
        let mut elsewhere = second(answered(&["a=1"]));
        elsewhere.record.attempts[0].browser = 1;
        elsewhere.assert_kept(&RULE);
        second(answered(&[])).assert_kept(&RULE);
    }

    #[test]
    fn no_cookie_is_not_its_business() {
        answered(&[]).assert_not_mine(&RULE);
    }
}

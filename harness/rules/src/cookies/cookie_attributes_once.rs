//! No attribute stands twice in one `Set-Cookie`.
//!
//! The draft says MUST NOT; RFC 6265, which is in force, says SHOULD NOT, and that is what it counts as.
//!
//! # Why it matters
//! Of two attributes the last one counts in browsers and perhaps the first one in a proxy, so that a deletion
//! hits another path than the one it was written for (G-02).
//!
//! # What does not count
//! The same attribute in another `Set-Cookie` of the answer.
//!
//! # How to fix
//! Write each attribute in one place; a proxy that adds one should replace what is there.

use super::reading::{Field, fields};
use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::SignOff;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CK-4.1.1-02",
    name: "cookie-attributes-once",
    level: Level::ShouldNot,
    source: section("4.1.1"),
    title: "no attribute stands twice in one Set-Cookie",
    file: include_str!("cookie_attributes_once.rs"),
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let set = fields(s);
    only_if(!set.is_empty(), "no cookie was set")?;
    let twice = set.iter().find_map(|field| {
        repeated(field).map(|attribute| format!("{attribute} twice in the cookie {}", field.name()))
    });
    s.must_not(
        twice.map_or_else(|| Seen::No("each at most once".to_owned()), Seen::Yes),
        s.shown(&Seen::Yes(format!("{} fields", set.len()))),
        "each attribute at most once",
    )
}

fn repeated(field: &Field) -> Option<String> {
    let mut seen: Vec<String> = Vec::new();
    for (attribute, _) in field.attributes() {
        let attribute = attribute.to_ascii_lowercase();
        if !attribute.is_empty() && seen.contains(&attribute) {
            return Some(attribute);
        }
        seen.push(attribute);
    }
    None
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
    fn each_attribute_once_keeps_it() {
        answered(&["a=1; Path=/; Secure", "b=1; Path=/; Secure;"]).assert_kept(&RULE);
    }

    #[test]
    fn an_attribute_twice_breaks_it_in_any_case_of_letters() {
        answered(&["a=1; Path=/; path=/x"]).assert_violated(&RULE);
        answered(&["a=1; Secure; HttpOnly; Secure"]).assert_violated(&RULE);
    }

    #[test]
    fn no_cookie_is_not_its_business() {
        answered(&[]).assert_not_mine(&RULE);
    }
}

//! A cookie is deleted under the name, the domain and the path it was set with.
//!
//! # Why it matters
//! A deletion for another path deletes nothing: the browser goes on sending the session cookie, and whoever
//! has the machine next sends it, too (G-02, G-03, G-04).
//!
//! # What does not count
//! Deletions of cookies that the browser does not have, and cookies that are not deleted at all: a server may
//! forget the session instead.
//!
//! # How to fix
//! Write setting and deleting by one function that knows name, domain, path and attributes.

use super::reading::{deletes, fields_of_visit, jars};
use super::section;
use crate::record::CookiesSent;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::SignOff;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CK-4.1.2-01",
    name: "deletion-hits-the-cookie",
    level: Level::Indicative,
    source: section("4.1.2"),
    title: "a cookie is deleted under the name, domain and path it was set with",
    file: include_str!("deletion_hits_the_cookie.rs"),
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let attempt = s.attempt();
    only_if(
        attempt.cookies == CookiesSent::Current,
        "the cookies of the request are not those of the browser",
    )?;
    let (before, after) = jars(s);
    let held = |jar: &signoff_oidc::cookies::Jar, name: &str| {
        jar.iter().filter(|cookie| cookie.name == name).count()
    };
    let deleted: Vec<String> = fields_of_visit(s)
        .iter()
        .filter_map(super::reading::Field::read)
        .filter(|cookie| deletes(cookie, attempt.at) && held(&before, &cookie.name) > 0)
        .map(|cookie| cookie.name)
        .collect();
    only_if(
        !deleted.is_empty(),
        "no cookie was deleted that the browser has",
    )?;
    let missed = deleted
        .iter()
        .find(|name| held(&after, name) >= held(&before, name));
    let hit = missed.map_or_else(
        || Seen::Yes("deleted".to_owned()),
        |name| {
            Seen::No(format!(
                "{name} is still there: it was set with another domain, path or prefix"
            ))
        },
    );
    s.must(
        hit,
        s.shown(&Seen::Yes(format!("a deletion of {}", deleted.join(", ")))),
        "the cookie gone from the browser",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::record::CookiesSent;
    use crate::testing::{Case, OUT, OWN, TARGET, redirect, with_header};

    fn set_and_deleted(set: &str, deleted: &str) -> Case {
        Case::new()
            .signed_in_by(with_header(redirect(302, OUT), "Set-Cookie", set))
            .get(&[OWN, TARGET])
            .gets(with_header(redirect(303, OUT), "Set-Cookie", deleted))
    }

    #[test]
    fn the_same_name_domain_and_path_keep_it() {
        set_and_deleted("s=1; Path=/", "s=; Path=/; Max-Age=0").assert_kept(&RULE);
        set_and_deleted(
            "__Host-s=1; Path=/; Secure",
            "__Host-s=; Path=/; Secure; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        )
        .assert_kept(&RULE);
    }

    #[test]
    fn another_path_domain_or_a_prefix_not_met_breaks_it() {
        for (set, deleted) in [
            ("s=1; Path=/", "s=; Path=/end; Max-Age=0"),
            ("s=1; Path=/; Domain=op.example", "s=; Path=/; Max-Age=0"),
            ("__Host-s=1; Path=/; Secure", "__Host-s=; Path=/; Max-Age=0"),
        ] {
            set_and_deleted(set, deleted).assert_violated(&RULE);
        }
    }

    #[test]
    fn no_deletion_an_unknown_cookie_and_other_cookies_are_not_its_business() {
        set_and_deleted("s=1; Path=/", "s=2; Path=/").assert_not_mine(&RULE);
        set_and_deleted("s=1; Path=/", "t=; Path=/; Max-Age=0").assert_not_mine(&RULE);
        set_and_deleted("s=1; Path=/", "s=; Path=/x; Max-Age=0")
            .with_cookies(CookiesSent::None)
            .assert_not_mine(&RULE);
    }
}

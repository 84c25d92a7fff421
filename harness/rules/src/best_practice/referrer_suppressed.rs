//! A page whose address holds the hint or the state says by `Referrer-Policy` that its address is not passed
//! on to other sites.
//!
//! # Why it matters
//! Without it, it is up to the browser what the next site is told. An ID token in an address that is passed on
//! is personal data in a stranger's log (U-05).
//!
//! # What does not count
//! Which of the policies is used, so long as other sites learn the origin at most; a `<meta>` counts as well.
//! That today's browsers default to such a policy: people use old ones.
//!
//! # How to fix
//! Send `Referrer-Policy: no-referrer`.

use super::revealing_pages::revealing;
use super::section;
use crate::page::Page;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::SignOff;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "BCP-4.2.4-02",
    name: "referrer-suppressed",
    level: Level::Indicative,
    source: section("4.2.4"),
    title: "such a page says by Referrer-Policy that its address is not passed on",
    file: include_str!("referrer_suppressed.rs"),
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let pages = revealing(s);
    only_if(
        !pages.is_empty(),
        "no page was shown at a revealing address",
    )?;
    let bare = pages.iter().find_map(|(_, response)| {
        let by_field = response.header("Referrer-Policy");
        let policy = by_field.or_else(|| Page::read(response).referrer.clone());
        match policy {
            Some(policy) if hides(&policy) => None,
            Some(policy) => Some(format!("Referrer-Policy: {policy}")),
            None => Some("no Referrer-Policy".to_owned()),
        }
    });
    s.must(
        bare.map_or_else(|| Seen::Yes("hidden".to_owned()), Seen::No),
        s.shown(&Seen::Yes("a page".to_owned())),
        "a Referrer-Policy under which other sites do not learn the address",
    )
}

/// Whether other sites learn the origin at most. The last policy that is known counts (Referrer Policy
/// section 8.1).
fn hides(policy: &str) -> bool {
    let known = policy
        .split(',')
        .map(|word| word.trim().to_ascii_lowercase());
    let last = known
        .rev()
        .find(|word| HIDING.contains(&word.as_str()) || TELLING.contains(&word.as_str()));
    last.is_some_and(|word| HIDING.contains(&word.as_str()))
}

const HIDING: &[&str] = &[
    "no-referrer",
    "origin",
    "same-origin",
    "strict-origin",
    "origin-when-cross-origin",
    "strict-origin-when-cross-origin",
];
const TELLING: &[&str] = &["unsafe-url", "no-referrer-when-downgrade"];

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, OUT, OWN, asks, page, redirect, with_header};

    fn with(policy: &str) -> Case {
        let shown = with_header(asks(), "Referrer-Policy", policy);
        Case::new().get(&[OWN]).gets(shown)
    }

    #[test]
    fn a_policy_that_hides_the_address_keeps_it() {
        for policy in [
            "no-referrer",
            "Strict-Origin",
            "unsafe-url, same-origin",
            "origin-when-cross-origin, of-the-future",
        ] {
            with(policy).assert_kept(&RULE);
        }
        let meta = page(200, "<meta name=Referrer content=no-referrer><p>x</p>");
        Case::new().get(&[OWN]).gets(meta).assert_kept(&RULE);
    }

    #[test]
    fn no_policy_and_one_that_tells_break_it() {
        for policy in ["unsafe-url", "no-referrer, no-referrer-when-downgrade", "x"] {
            with(policy).assert_violated(&RULE);
        }
        Case::new().get(&[OWN]).gets(asks()).assert_violated(&RULE);
    }

    #[test]
    fn addresses_without_secrets_and_redirects_are_not_its_business() {
        Case::new().get(&[]).gets(asks()).assert_not_mine(&RULE);
        Case::new()
            .get(&[OWN])
            .gets(redirect(303, OUT))
            .assert_not_mine(&RULE);
    }

    #[test]
    fn the_text_beside_a_redirect_is_no_page() {
        let mut moved = redirect(302, OUT);
        moved
            .headers
            .push(("Content-Type".to_owned(), b"text/html".to_vec()));
        moved.body = b"<p>Found. Redirecting</p>".to_vec();
        Case::new().get(&[OWN]).gets(moved).assert_not_mine(&RULE);
    }
}

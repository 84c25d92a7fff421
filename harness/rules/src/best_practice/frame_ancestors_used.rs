//! The page that asks bars framing by the directive `frame-ancestors` of Content Security Policy, level 2 or
//! later.
//!
//! # Why it matters
//! `X-Frame-Options` is looked at by some browsers for the outermost page only, and its values cannot name an
//! origin. Reports speak of interactive pages without any of the two (H-12).
//!
//! # What does not count
//! Pages that ask nothing, answers to other methods than GET and POST, which show none, and sessions whose cookies never go into a frame of another site.
//!
//! # How to fix
//! Send `Content-Security-Policy: frame-ancestors 'none'` with the question.

use super::question_not_framed::bars_strangers;
use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if, only_if_seen};
use crate::sign_off::SignOff;
use signoff_oidc::cookies::SameSite;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "BCP-4.16-02",
    name: "frame-ancestors-used",
    level: Level::Should,
    source: section("4.16"),
    title: "framing is barred by Content Security Policy level 2 or later",
    file: include_str!("frame_ancestors_used.rs"),
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        matches!(s.method(), "GET" | "POST"),
        "the method is neither GET nor POST",
    )?;
    only_if(
        !matches!(s.attempt().same_site, None | Some(SameSite::Confined)),
        "no cookie of the session goes into a frame of another site",
    )?;
    only_if_seen(&s.asked(), "no page asked")?;
    let last = s.attempt().chain.last();
    let page = last.and_then(|last| last.answer.as_ref().ok());
    let policies = page.map_or_else(Vec::new, |page| page.all("Content-Security-Policy"));
    let barred = policies
        .iter()
        .flat_map(|value| value.split(','))
        .any(bars_strangers);
    let what = if barred {
        "frame-ancestors"
    } else {
        "no frame-ancestors that bars strangers"
    };
    s.must(
        Seen::of(barred, what),
        s.shown(&s.asked()),
        "a frame-ancestors directive that does not let everybody in",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, OWN, asks, signed_off, with_header};
    use signoff_oidc::cookies::SameSite;

    fn asked(name: &str, value: &str) -> Case {
        Case::new()
            .get(&[OWN])
            .gets(with_header(asks(), name, value))
    }

    #[test]
    fn the_directive_keeps_it() {
        for value in [
            "frame-ancestors 'none'",
            "default-src 'self'; frame-ancestors 'self'",
        ] {
            asked("Content-Security-Policy", value).assert_kept(&RULE);
        }
    }

    #[test]
    fn the_older_header_alone_breaks_it() {
        asked("X-Frame-Options", "DENY").assert_violated(&RULE);
        asked("Content-Security-Policy", "frame-ancestors *").assert_violated(&RULE);
    }

    #[test]
    fn other_pages_and_confined_cookies_are_not_its_business() {
        Case::new()
            .get(&[OWN])
            .gets(signed_off())
            .assert_not_mine(&RULE);
        asked("X-Frame-Options", "DENY")
            .same_site(SameSite::Confined)
            .assert_not_mine(&RULE);
    }
}

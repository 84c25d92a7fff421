//! The page that asks whether to sign off cannot be shown in a frame of a foreign site.
//!
//! # Why it matters
//! In an invisible frame a person's click becomes the yes, and the question protects nobody. No report about
//! a logout question is known; an interactive page without the header is (H-12).
//!
//! # What does not count
//! Which of the two headers is used. A page with a script of its own that looks at its frame may defend
//! itself and is undecided. Where every cookie of the session is `SameSite=Lax` or `Strict`, a frame of
//! another site has no session to end: the attack is prevented by other means, and the sentence asks for no
//! more. Pages that ask nothing.
//!
//! # How to fix
//! Send `Content-Security-Policy: frame-ancestors 'none'`, and `X-Frame-Options: DENY` for old browsers.

use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, Stop, only_if, only_if_seen};
use crate::sign_off::SignOff;
use signoff_oidc::Response;
use signoff_oidc::cookies::SameSite;
use signoff_oidc::spec::{Document, Level, Reference};

pub(super) const RULE: Rule = Rule {
    id: "BCP-4.16-01",
    name: "question-not-framed",
    level: Level::Must,
    source: Reference {
        document: Document::Rfc9700,
        section: "4.16",
    },
    title: "the page that asks cannot be framed",
    file: include_str!("question_not_framed.rs"),
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        matches!(s.method(), "GET" | "POST"),
        "the method is neither GET nor POST",
    )?;
    only_if_seen(&s.asked(), "no page asked")?;
    let page = s
        .attempt()
        .chain
        .last()
        .and_then(|last| last.answer.as_ref().ok())
        .ok_or_else(|| Stop::NotMine("no page asked".to_owned()))?;
    if !framing_barred(page) {
        only_if(
            s.attempt().same_site.is_some(),
            "the request carried no session that a click could end",
        )?;
        only_if(
            s.attempt().same_site != Some(SameSite::Confined),
            "the cookies of the session do not go into a frame of another site",
        )?;
    }
    let barred = match (framing_barred(page), minds_its_frame(page)) {
        (true, _) => Seen::Yes("framing is barred".to_owned()),
        (false, true) => Seen::Unknown("a script of the page may look at its frame".to_owned()),
        (false, false) if s.attempt().same_site == Some(SameSite::Unstated) => Seen::Unknown(
            "a cookie has no SameSite attribute, and browsers differ in its default".to_owned(),
        ),
        (false, false) => {
            Seen::No("neither X-Frame-Options nor frame-ancestors bars framing".to_owned())
        }
    };
    s.must(
        barred,
        s.shown(&s.asked()),
        "X-Frame-Options: DENY or SAMEORIGIN, or a frame-ancestors directive",
    )
}

fn framing_barred(page: &Response) -> bool {
    let by_option = page
        .all("X-Frame-Options")
        .iter()
        .flat_map(|value| value.split(','))
        .map(|value| value.trim().to_ascii_uppercase())
        .any(|value| matches!(value.as_str(), "DENY" | "SAMEORIGIN"));
    let policies = page.all("Content-Security-Policy");
    by_option
        || policies
            .iter()
            .flat_map(|value| value.split(','))
            .any(bars_strangers)
}

/// Whether a policy has a `frame-ancestors` directive that does not let everybody in (CSP level 2
/// section 7.7).
pub(super) fn bars_strangers(policy: &str) -> bool {
    let directive = policy.split(';').find_map(|directive| {
        let mut words = directive.split_ascii_whitespace();
        let name = words.next()?;
        name.eq_ignore_ascii_case("frame-ancestors")
            .then(|| words.collect::<Vec<_>>())
    });
    let lets_all = |source: &&str| {
        let source = source.to_ascii_lowercase();
        source == "*" || source.ends_with("//*") || matches!(source.as_str(), "http:" | "https:")
    };
    directive.is_some_and(|sources| !sources.iter().any(lets_all))
}

fn minds_its_frame(page: &Response) -> bool {
    let text = page.text();
    text.contains("<script")
        && (text.contains("src=")
            || ["top", "parent", "self", "frameElement"]
                .iter()
                .any(|word| text.contains(word)))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, OWN, TARGET, asks, error, signed_off};
    use signoff_oidc::Response;
    use signoff_oidc::cookies::SameSite;

    fn with(name: &str, value: &str) -> Response {
        let mut page = asks();
        page.headers.push((name.to_owned(), value.into()));
        page
    }

    fn asked(page: Response) -> Case {
        Case::new().get(&[OWN, TARGET]).gets(page)
    }

    #[test]
    fn either_header_keeps_it() {
        for page in [
            with("X-Frame-Options", "deny"),
            with("x-frame-options", "SAMEORIGIN"),
            with(
                "Content-Security-Policy",
                "default-src 'self'; frame-ancestors 'none'",
            ),
            with("Content-Security-Policy", "Frame-Ancestors 'self'"),
        ] {
            asked(page).assert_kept(&RULE);
        }
    }

    #[test]
    fn no_header_or_one_that_bars_nobody_breaks_it() {
        for page in [
            asks(),
            with("X-Frame-Options", "ALLOWALL"),
            with("Content-Security-Policy", "frame-ancestors *"),
            with("Content-Security-Policy", "frame-ancestors https:"),
            with("Content-Security-Policy", "default-src 'none'"),
            with(
                "Content-Security-Policy-Report-Only",
                "frame-ancestors 'none'",
            ),
        ] {
            asked(page).assert_violated(&RULE);
        }
    }

    #[test]
    fn words_and_pictures_defend_nothing_without_a_script() {
        let mut page = asks();
        page.body
            .extend_from_slice(b"<img src='/logo.svg'><p>Back to top</p>");
        asked(page).assert_violated(&RULE);
        let mut page = asks();
        page.body.extend_from_slice(b"<script>count()</script>");
        asked(page).assert_violated(&RULE);
    }

    #[test]
    fn a_session_that_no_foreign_frame_can_have_needs_no_header() {
        asked(asks())
            .same_site(SameSite::Confined)
            .assert_not_mine(&RULE);
        asked(asks())
            .same_site(SameSite::Unstated)
            .assert_undecided(&RULE);
        asked(with("X-Frame-Options", "deny"))
            .same_site(SameSite::Confined)
            .assert_kept(&RULE);
    }

    #[test]
    fn a_page_that_may_defend_itself_tells_nothing() {
        let mut page = asks();
        page.body
            .extend_from_slice(b"<script>if (top !== self) hide()</script>");
        asked(page).assert_undecided(&RULE);
    }

    #[test]
    fn pages_that_do_not_ask_are_not_its_business() {
        asked(error()).assert_not_mine(&RULE);
        asked(signed_off()).assert_not_mine(&RULE);
    }
}

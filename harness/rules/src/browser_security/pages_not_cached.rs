//! No answer of the logout endpoint is kept by a cache.
//!
//! # Why it matters
//! A page or redirect from a cache never reaches the provider: the person reads "signed out" and is not.
//! Applications shipped logout answers that caches kept.
//!
//! # What does not count
//! Answers that no cache may keep anyway: those to a POST, and those of status codes that are not cacheable by
//! default (RFC 9110 section 15.1) without an explicit lifetime. The level is a SHOULD of our own: no text of
//! sign-off binds the OP here.
//!
//! # How to fix
//! Send `Cache-Control: no-store`.

use super::OURS;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::SignOff;
use signoff_oidc::Response;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CSS-12",
    name: "pages-not-cached",
    level: Level::Should,
    source: OURS,
    title: "no cache keeps an answer of the logout endpoint",
    file: include_str!("pages_not_cached.rs"),
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

/// Status codes that caches may keep without being told for how long.
const CACHEABLE: &[u16] = &[200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501];

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(s.method() == "GET", "the method is not GET")?;
    let Some(response) = s.first_response() else {
        return Err(crate::ruling::Stop::Undecided("no answer came".to_owned()));
    };
    let lifetime = keeps(response);
    only_if(
        CACHEABLE.contains(&response.status) || lifetime,
        "no cache keeps such an answer",
    )?;
    let forbidden = forbids(response);
    let told = response.header("Cache-Control").map_or_else(
        || "no Cache-Control".to_owned(),
        |value| format!("Cache-Control: {value}"),
    );
    s.must(
        Seen::of(forbidden, format!("status {}, {told}", response.status)),
        s.shown(&Seen::Yes("an answer".to_owned())),
        "Cache-Control: no-store (or no-cache, private or max-age=0)",
    )
}

fn directives(response: &Response) -> Vec<String> {
    let fields = response.all("Cache-Control");
    let words = fields.iter().flat_map(|value| value.split(','));
    words
        .map(|word| word.trim().to_ascii_lowercase().replace(' ', ""))
        .collect()
}

fn forbids(response: &Response) -> bool {
    directives(response).iter().any(|word| {
        matches!(
            word.as_str(),
            "no-store" | "no-cache" | "max-age=0" | "private"
        )
    })
}

fn keeps(response: &Response) -> bool {
    let age = |word: &String| {
        let age = word
            .strip_prefix("max-age=")
            .or_else(|| word.strip_prefix("s-maxage="));
        age.and_then(|age| age.parse::<u64>().ok())
            .is_some_and(|age| age > 0)
    };
    directives(response).iter().any(age)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, OUT, OWN, asks, error, redirect, signed_off, with_header};
    use signoff_oidc::Response;

    fn with(answer: Response, value: &str) -> Case {
        let answer = with_header(answer, "Cache-Control", value);
        Case::new().get(&[OWN]).gets(answer)
    }

    #[test]
    fn any_word_that_keeps_caches_away_keeps_it() {
        for value in [
            "no-store",
            "No-Cache, must-revalidate",
            "private",
            "max-age=0",
        ] {
            with(signed_off(), value).assert_kept(&RULE);
        }
    }

    #[test]
    fn a_page_without_one_and_a_redirect_with_a_lifetime_break_it() {
        Case::new().get(&[OWN]).gets(asks()).assert_violated(&RULE);
        with(redirect(302, OUT), "max-age=60").assert_violated(&RULE);
        with(signed_off(), "public, s-maxage=60").assert_violated(&RULE);
    }

    #[test]
    fn posts_and_answers_that_no_cache_keeps_are_not_its_business() {
        Case::new().post(&[OWN]).gets(asks()).assert_not_mine(&RULE);
        Case::new()
            .get(&[OWN])
            .gets(redirect(302, OUT))
            .assert_not_mine(&RULE);
        with(redirect(302, OUT), "max-age=0").assert_not_mine(&RULE);
        Case::new().get(&[OWN]).gets(error()).assert_not_mine(&RULE);
        Case::new()
            .get(&[OWN])
            .gets_nothing()
            .assert_undecided(&RULE);
    }
}

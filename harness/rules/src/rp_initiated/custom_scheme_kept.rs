//! A post-logout redirect URI may use another scheme than http and https, such as that of a native
//! application; an OP that redirects to it does so unchanged.
//!
//! # Why it matters
//! An address that was parsed as if it were http and written anew starts no application.
//!
//! # What does not count
//! An OP that does not redirect there at all: it may not register such URIs.
//!
//! # How to fix
//! Keep the registered URI as text, whatever its scheme.

use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Stop, only_if};
use crate::sign_off::SignOff;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "RPIL-2-11",
    name: "custom-scheme-kept",
    level: Level::May,
    source: section("2"),
    title: "a redirect URI with another scheme is kept as it is",
    file: include_str!("custom_scheme_kept.rs"),
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let target = s.target();
    let uri = target
        .once()
        .ok_or_else(|| Stop::NotMine("no single redirect URI was sent".to_owned()))?;
    let scheme = uri.split(|&byte| byte == b':').next().unwrap_or(&[]);
    let is_web = ["http", "https"]
        .iter()
        .any(|web| scheme.eq_ignore_ascii_case(web.as_bytes()));
    only_if(
        !is_web && s.is_orderly(),
        "the URI's scheme is http or https, or the request is not orderly",
    )?;
    let arrived = s.arrived_exactly();
    s.must(
        arrived.clone(),
        s.shown(&s.left_for_rp().or(arrived)),
        "a redirect to the registered URI, its scheme and all",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, OUT, OWN, TARGET, error, redirect};

    const APP: &str = "com.example.app:/out";

    fn to_app() -> Case {
        Case::new()
            .registers(APP)
            .get(&[OWN, ("post_logout_redirect_uri", APP)])
    }

    #[test]
    fn the_same_text_keeps_it() {
        to_app().gets(redirect(303, APP)).assert_kept(&RULE);
    }

    #[test]
    fn another_spelling_breaks_it() {
        to_app()
            .gets(redirect(303, "com.example.app:///out"))
            .assert_violated(&RULE);
    }

    #[test]
    fn no_redirect_tells_nothing_and_https_is_not_its_business() {
        to_app().gets(error()).assert_undecided(&RULE);
        Case::new()
            .get(&[OWN, TARGET])
            .gets(redirect(303, OUT))
            .assert_not_mine(&RULE);
    }
}

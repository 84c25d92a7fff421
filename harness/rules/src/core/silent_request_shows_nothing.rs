//! With `prompt=none` nothing is shown: without a session the client gets an error, with one it gets a code.
//!
//! # Why it matters
//! It is how applications learn that somebody has signed off elsewhere. A server that shows its form instead leaves them with a
//! hidden frame that never answers, and people are taken for signed in (D-05, T-07).
//!
//! # What does not count
//! Which error it is. An error page without a form, which leaves the question open.
//!
//! # How to fix
//! Look at `prompt` before any page is shown, and answer `login_required` at the redirect URI.

use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen};
use crate::trials::{SilentEnd, SilentKind, Trial, Trials, must};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CORE-3.1.2.1-07",
    name: "silent-request-shows-nothing",
    level: Level::MustNot,
    source: section("3.1.2.1"),
    title: "prompt=none shows no page, and without a session it is an error",
    file: include_str!("silent_request_shows_nothing.rs"),
    judge: Judge::Trial(Trial::SilentRequests, judge),
    ..Rule::BLANK
};

fn judge(trials: &Trials) -> Ruling {
    let without = trials.silent(SilentKind::WithoutSession)?;
    let what = || format!("without a session: {}", without.end.describe());
    let seen = match &without.end {
        SilentEnd::Error(_) => Seen::Yes(what()),
        SilentEnd::Form(_) | SilentEnd::Code(_) => Seen::No(what()),
        SilentEnd::Unknown(_) => Seen::Unknown(what()),
    };
    let shown = trials.silent(SilentKind::WithSession).ok().map(|with| {
        let shown = matches!(with.end, SilentEnd::Form(_));
        Seen::of(!shown, format!("with a session: {}", with.end.describe()))
    });
    let seen = match shown {
        Some(shown) => seen.and(shown),
        None => seen,
    };
    must(seen, "an error at the client, and no page")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::tried::{code, silent};
    use crate::trials::SilentEnd::{Error, Form, Unknown};
    use crate::trials::SilentKind::{WithSession, WithoutSession};
    use crate::trials::Trials;

    #[test]
    fn an_error_keeps_it() {
        let error = Error("interaction_required".to_owned());
        silent(&[(WithoutSession, error.clone())]).assert_kept(&RULE);
        silent(&[(WithoutSession, error), (WithSession, code("alice"))]).assert_kept(&RULE);
    }

    #[test]
    fn a_form_or_a_code_for_nobody_breaks_it() {
        silent(&[(WithoutSession, Form(200))]).assert_violated(&RULE);
        silent(&[(WithoutSession, code("alice"))]).assert_violated(&RULE);
        let error = Error("login_required".to_owned());
        silent(&[(WithoutSession, error), (WithSession, Form(200))]).assert_violated(&RULE);
    }

    #[test]
    fn a_page_that_asks_nothing_is_open() {
        let page = Unknown("a page (status 400)".to_owned());
        silent(&[(WithoutSession, page)]).assert_undecided(&RULE);
        Trials::default().assert_not_mine(&RULE);
    }
}

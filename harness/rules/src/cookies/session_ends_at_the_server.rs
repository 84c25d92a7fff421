//! The server does not rely on the browser to forget a cookie: a session that ended for the browser is over
//! for whoever kept a copy of its cookie.
//!
//! # Why it matters
//! A cookie may have been copied, backed up or stolen before the sign-off. Where only the browser forgets it,
//! the copy still opens the account (D-01, D-04, D-14).
//!
//! # What does not count
//! Sign-offs after which the browser is signed in still. How long an access token lives.
//!
//! # How to fix
//! End the session in the server's own memory; for sessions that live in the cookie alone, keep a list of
//! those that ended.

use super::section;
use crate::record::{AtOnce, CookiesSent};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if, only_if_seen};
use crate::sign_off::SignOff;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CK-4.1.2.1-01",
    name: "session-ends-at-the-server",
    level: Level::MustNot,
    source: section("4.1.2.1"),
    title: "the server does not rely on the browser to forget a cookie",
    file: include_str!("session_ends_at_the_server.rs"),
    at_once: &[AtOnce::Request, AtOnce::Answer],
    tags: &["ASVS-7.4.1"],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        s.attempt().cookies == CookiesSent::Current,
        "the request did not carry the browser's session",
    )?;
    s.signed_in_before()?;
    let over = s.browser_signed_off();
    only_if_seen(&over, "the browser is signed in still")?;
    let relied = match s.really_over() {
        Seen::Yes(what) => Seen::No(what),
        Seen::No(what) => Seen::Yes(what),
        unknown @ Seen::Unknown(_) => unknown,
    };
    s.must_not(
        relied,
        s.shown(&over),
        "login_required for the cookies from before the sign-off, too",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::record::CookiesSent;
    use crate::testing::{Case, OUT, OWN, Session, TARGET, redirect};

    fn left(session: Session) -> Case {
        Case::new()
            .get(&[OWN, TARGET])
            .gets(redirect(303, OUT))
            .at_rest(session)
    }

    #[test]
    fn a_session_that_is_over_for_old_cookies_too_keeps_it() {
        left(Session::Ended).assert_kept(&RULE);
    }

    #[test]
    fn old_cookies_that_still_work_break_it() {
        left(Session::CookieDropped).assert_violated(&RULE);
    }

    #[test]
    fn a_session_that_the_same_request_at_the_same_moment_brought_back_breaks_it() {
        left(Session::CookieDropped)
            .and_at_once(redirect(303, OUT))
            .assert_violated(&RULE);
        left(Session::Ended)
            .and_at_once(redirect(303, OUT))
            .assert_kept(&RULE);
    }

    #[test]
    fn sessions_that_live_on_and_other_cookies_are_not_its_business() {
        left(Session::Lives).assert_not_mine(&RULE);
        left(Session::Unclear).assert_undecided(&RULE);
        left(Session::CookieDropped)
            .with_cookies(CookiesSent::None)
            .assert_not_mine(&RULE);
    }
}

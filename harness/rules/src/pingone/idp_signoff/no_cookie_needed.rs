//! `/as/idpSignoff` ends the session of the ID token, without the browser's cookie, and no other session.
//!
//! # Why it matters
//! Programs that cannot send the cookie sign people off here. Where the session outlives it, the next
//! authorization request signs the person on again without a question.
//!
//! # What does not count
//! A request that carries the cookie of that very session, which proves nothing about the token. How it is
//! answered (P1-IDP-05). A session that had ended before.
//!
//! # How to fix
//! Find the session by the token's `sid`, and end that one on the server.

use super::ENDPOINT;
use crate::pingone::reading::{is_documented_to_end, lost, over, session_of_hint};
use crate::record::CookiesSent;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::SignOff;
use signoff_oidc::spec::Level;

pub(in crate::pingone) const RULE: Rule = Rule {
    id: "P1-IDP-01",
    name: "no-cookie-needed",
    level: Level::IndicativeMust,
    title: "idpSignoff ends the session by ID token alone",
    file: include_str!("no_cookie_needed.rs"),
    needs: &[],
    judge: Judge::SignOff(judge),
    ..ENDPOINT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        is_documented_to_end(s),
        "the request is none that has to be carried out",
    )?;
    let browser = session_of_hint(s)?;
    let attempt = s.attempt();
    only_if(
        attempt.cookies == CookiesSent::None || attempt.browser != browser,
        "the request carried the cookie of the session",
    )?;
    let others = lost(s, |other| other != browser).inverted();
    let alive = Seen::Yes("the session was seen alive before".to_owned());
    s.must(
        over(s, browser).and(others),
        s.shown(&alive),
        "the session of the hint over, and no other",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::idp_signoff::fixture::{allowed, asks, ends_at, set};
    use crate::record::CookiesSent;
    use crate::testing::{OUT, OWN, Session, TARGET};

    #[test]
    fn the_session_of_the_token_ends() {
        ends_at(asks(allowed(), &[OWN, TARGET]), OUT).assert_kept(&RULE);
        let later = asks(allowed().later(1_000_000), &[OWN]);
        ends_at(later, "/signon").assert_kept(&RULE);
    }

    #[test]
    fn a_session_that_lives_on_breaks_it() {
        asks(allowed(), &[OWN, TARGET]).assert_violated(&RULE);
        let dropped = asks(allowed(), &[OWN]).at_rest(Session::CookieDropped);
        dropped.assert_violated(&RULE);
    }

    #[test]
    fn the_session_of_somebody_else_must_not_end() {
        let case = || ends_at(asks(allowed(), &[OWN, TARGET]), OUT);
        case().other_browser(Session::Lives).assert_kept(&RULE);
        case().other_browser(Session::Ended).assert_violated(&RULE);
    }

    #[test]
    fn what_cannot_be_seen_is_undecided() {
        let case = asks(allowed(), &[OWN]).at_rest(Session::Unclear);
        case.assert_undecided(&RULE);
    }

    #[test]
    fn other_requests_are_not_its_business() {
        asks(set(false), &[OWN]).assert_not_mine(&RULE);
        asks(allowed().disable("a"), &[OWN]).assert_not_mine(&RULE);
        asks(allowed(), &[]).assert_not_mine(&RULE);
        asks(allowed(), &[OWN, ("client_id", "b")]).assert_not_mine(&RULE);
        let with_cookie = asks(allowed(), &[OWN]).with_cookies(CookiesSent::Current);
        with_cookie.assert_not_mine(&RULE);
        let over = asks(allowed(), &[OWN]).before(Session::Ended);
        over.assert_not_mine(&RULE);
        let elsewhere = allowed().get(&[OWN, TARGET]);
        elsewhere.assert_not_mine(&RULE);
    }
}

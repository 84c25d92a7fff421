//! `/xp/signoff` needs the session cookie, and ends the session that it identifies for every application.
//!
//! # Why it matters
//! The cookie is all that says whose session is meant. Where the endpoint only forgets the cookie, whoever
//! kept it goes on (D-04).
//!
//! # What does not count
//! How the answer to a request without the cookie looks. Applications of protocols other than OpenID Connect
//! are not looked at.
//!
//! # How to fix
//! Take the session from the cookie alone, end it on the server, and refuse the request when there is none.

use super::ENDPOINT;
use crate::pingone::reading::{is_in_place, lost, others_lost, over, works_here};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, Stop, only_if};
use crate::sign_off::SignOff;
use signoff_oidc::Given;
use signoff_oidc::spec::Level;

pub(in crate::pingone) const RULE: Rule = Rule {
    id: "P1-XP-01",
    name: "cookie-needed",
    level: Level::IndicativeMust,
    title: "xp/signoff needs the session cookie and ends the session in every protocol",
    file: include_str!("cookie_needed.rs"),
    judge: Judge::SignOff(judge),
    ..ENDPOINT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        is_in_place(s) && s.hint() == Given::Absent && s.unknown_parameters().is_empty(),
        "a parameter was sent that is not documented, or out of place",
    )?;
    let alive = s.session_alive();
    match &alive {
        Seen::Yes(_) => s.must(
            over(s, s.attempt().browser).and(others_lost(s).inverted()),
            s.shown(&alive),
            "the session of the cookie over, and no other",
        ),
        Seen::No(_) => s.must_not(
            lost(s, |_| true),
            works_here(s),
            "every session alive: none was named",
        ),
        Seen::Unknown(why) => Err(Stop::Undecided(why.clone())),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::cross_protocol::fixture::{asks, beside, listed};
    use crate::pingone::reading::fixture::AtPingOne;
    use crate::record::CookiesSent;
    use crate::testing::{Case, OUT, OWN, Session, TARGET};

    fn without_cookie() -> Case {
        asks(listed(), &[TARGET]).with_cookies(CookiesSent::None)
    }

    #[test]
    fn the_session_of_the_cookie_ends() {
        asks(listed(), &[]).lands().assert_kept(&RULE);
        asks(listed(), &[TARGET]).ends_at(OUT).assert_kept(&RULE);
        let two = || asks(listed(), &[TARGET]).ends_at(OUT);
        two().other_browser(Session::Lives).assert_kept(&RULE);
        two().other_browser(Session::Ended).assert_violated(&RULE);
    }

    #[test]
    fn a_session_that_lives_on_breaks_it() {
        asks(listed(), &[]).assert_violated(&RULE);
        let dropped = asks(listed(), &[TARGET]).at_rest(Session::CookieDropped);
        dropped.assert_violated(&RULE);
    }

    #[test]
    fn without_the_cookie_nothing_may_end() {
        beside(without_cookie(), true).assert_kept(&RULE);
        beside(without_cookie(), false).assert_undecided(&RULE);
        without_cookie()
            .at_rest(Session::Ended)
            .assert_violated(&RULE);
    }

    #[test]
    fn other_requests_are_not_its_business() {
        asks(listed(), &[OWN]).assert_not_mine(&RULE);
        listed().get(&[TARGET]).assert_not_mine(&RULE);
        let unclear = asks(listed(), &[]).before(Session::Unclear);
        unclear.assert_undecided(&RULE);
    }
}

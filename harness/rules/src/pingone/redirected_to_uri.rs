//! With `post_logout_redirect_uri` the browser is redirected there after the logout, octet for octet.
//!
//! # Why it matters
//! People should come back to the application they left. One product read a parameter of another name and
//! left everybody on its own page; another ignored registered addresses (F-05).
//!
//! # What does not count
//! Parameters that are added to its query (P1-SA-09 judges `state`). Sign-offs that did not end the session:
//! the redirect comes after a logout.
//!
//! # How to fix
//! Write the registered octets into `Location`, and add only `state`.

use super::reading::{carried_through, is_documented_to_work};
use super::{LEGACY_GUIDE, PRODUCT};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, Stop, only_if};
use crate::sign_off::{SignOff, leads_to};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "P1-SA-06",
    name: "redirected-to-uri",
    level: Level::IndicativeMust,
    source: LEGACY_GUIDE,
    title: "after the logout the browser is sent to the redirect URI",
    file: include_str!("redirected_to_uri.rs"),
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let target = s.target();
    let uri = target
        .once()
        .filter(|_| is_documented_to_work(s))
        .ok_or_else(|| {
            Stop::NotMine("no redirect was asked for, or it need not be made".to_owned())
        })?;
    s.signed_in_before()?;
    carried_through(s)?;
    only_if(
        !s.ended_at_last().is_no(),
        "no logout was performed, so no redirect is due",
    )?;
    let departures = s.departures();
    let there = departures
        .iter()
        .any(|departure| leads_to(departure.to.as_bytes(), uri));
    let seen = match s.left() {
        Seen::Yes(what) => Seen::of(there, what),
        other => other,
    };
    s.must(
        seen,
        s.shown(&s.ended_at_last()),
        "a redirect to the registered URI",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::reading::fixture::{AtPingOne, OWN_HINT, alice};
    use crate::testing::{BYE, Case, OUT, Session, TARGET, error};

    fn case() -> Case {
        alice().signs_off(&[OWN_HINT, TARGET, ("state", "s1")])
    }

    #[test]
    fn the_browser_is_sent_there() {
        case()
            .ends_at(&format!("{OUT}?state=s1"))
            .assert_kept(&RULE);
        case().ends_at(OUT).assert_kept(&RULE);
    }

    #[test]
    fn elsewhere_is_a_breach_and_so_is_staying() {
        case().ends_at(BYE).assert_violated(&RULE);
        case()
            .ends_at("https://RP.example/out")
            .assert_violated(&RULE);
        case().lands().assert_violated(&RULE);
        case()
            .gets(error())
            .at_rest(Session::Ended)
            .assert_violated(&RULE);
    }

    #[test]
    fn without_a_logout_no_redirect_is_due() {
        case().gets_refused().assert_not_mine(&RULE);
        let unseen = case().gets_nothing().at_rest(Session::Unclear);
        unseen.assert_undecided(&RULE);
    }

    #[test]
    fn no_uri_and_a_foreign_one_are_not_its_business() {
        alice()
            .signs_off(&[OWN_HINT])
            .lands()
            .assert_not_mine(&RULE);
        let foreign = alice().signs_off(&[OWN_HINT, ("post_logout_redirect_uri", BYE)]);
        foreign.ends_at(BYE).assert_not_mine(&RULE);
    }
}

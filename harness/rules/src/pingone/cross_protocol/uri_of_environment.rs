//! The redirect URI of `/xp/signoff` equals an entry of the environment's `postLogoutRedirectUris`. With any
//! other the browser lands on the signed-off page, which is no error.
//!
//! # Why it matters
//! The request names no application, so the environment's list is all that stands between the endpoint and
//! an open redirect.
//!
//! # What does not count
//! A list that nobody knows. A request without a session.
//!
//! # How to fix
//! Compare with the environment's list, byte for byte; what is not on it counts as not sent.

use super::ENDPOINT;
use crate::pingone::reading::{is_in_place, over};
use crate::pingone::signed_off_page::landed;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Stop, only_if, only_if_seen};
use crate::setting::Setting;
use crate::sign_off::SignOff;
use signoff_oidc::Given;
use signoff_oidc::spec::Level;

pub(in crate::pingone) const RULE: Rule = Rule {
    id: "P1-XP-02",
    name: "uri-of-environment",
    level: Level::Must,
    title: "its redirect URI equals one of the environment's, else the signed-off page shows",
    file: include_str!("uri_of_environment.rs"),
    needs: &[],
    judge: Judge::SignOff(judge),
    ..ENDPOINT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let Given::Once(uri) = s.target() else {
        return Err(Stop::NotMine("not one redirect URI was sent".to_owned()));
    };
    only_if(
        is_in_place(s) && s.hint() == Given::Absent && s.unknown_parameters().is_empty(),
        "a parameter was sent that is not documented, or out of place",
    )?;
    let listed = uris(s).ok_or_else(|| {
        Stop::NotMine("the redirect URIs of the environment are not known".to_owned())
    })?;
    only_if_seen(&s.session_alive(), "the request carried no live session")?;
    let ended = over(s, s.attempt().browser);
    if listed
        .iter()
        .any(|known| known.as_bytes() == uri.as_slice())
    {
        return s.must(
            s.honoured(),
            s.shown(&ended),
            "a redirect to the redirect URI",
        );
    }
    if s.honoured().is_yes() {
        let elsewhere = "the signed-off page, and no redirect to the redirect URI";
        return s.must_not(s.honoured(), s.shown(&ended), elsewhere);
    }
    s.must(
        landed(s),
        s.shown(&ended),
        "a redirect to the signed-off page",
    )
}

fn uris<'a>(s: &SignOff<'a>) -> Option<&'a [String]> {
    s.attempt()
        .settings
        .iter()
        .rev()
        .find_map(|setting| match setting {
            Setting::EveryProtocolUris(uris) => Some(uris.as_slice()),
            _ => None,
        })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::cross_protocol::fixture::{asks, listed};
    use crate::pingone::reading::fixture::{AtPingOne, alice};
    use crate::testing::{BYE, Case, EVIL, OUT, OWN, Session, TARGET};

    fn to(uri: &str) -> Case {
        asks(listed(), &[("post_logout_redirect_uri", uri)])
    }

    #[test]
    fn a_listed_uri_is_followed_and_another_leads_to_the_signed_off_page() {
        to(OUT).ends_at(OUT).assert_kept(&RULE);
        to(BYE).lands().assert_kept(&RULE);
        to(EVIL).lands().assert_kept(&RULE);
    }

    #[test]
    fn anything_else_breaks_it() {
        to(OUT).lands().assert_violated(&RULE);
        to(EVIL).ends_at(EVIL).assert_violated(&RULE);
        to(BYE).ends_at(BYE).assert_violated(&RULE);
        let error = to(EVIL).at_rest(Session::Ended);
        error.assert_violated(&RULE);
    }

    #[test]
    fn a_target_that_does_nothing_decides_nothing() {
        to(OUT).assert_undecided(&RULE);
        to(EVIL).assert_undecided(&RULE);
    }

    #[test]
    fn other_requests_are_not_its_business() {
        asks(listed(), &[]).assert_not_mine(&RULE);
        asks(listed(), &[OWN, TARGET]).assert_not_mine(&RULE);
        asks(alice(), &[TARGET]).assert_not_mine(&RULE);
        to(OUT).before(Session::Ended).assert_not_mine(&RULE);
        listed().get(&[TARGET]).assert_not_mine(&RULE);
    }
}

//! `state` keeps state between the logout request and the callback: it comes back on the redirect, its
//! octets unchanged.
//!
//! # Why it matters
//! Without it an application cannot tell whose logout has come back. It was dropped (I-01), added unencoded
//! so that `&` and `+` changed it (I-10), or joined with a second question mark (I-08).
//!
//! # What does not count
//! How the value is escaped: it is compared after one form-decoding, split at `&` alone. Redirects to
//! another address than the one asked for, and addresses with a fragment.
//!
//! # How to fix
//! Form-encode the value, and append it with `?`, or with `&` when the registered URI has a query.

use super::reading::is_in_place;
use super::{LEGACY_GUIDE, PRODUCT};
use crate::rule::{Grade, Judge, Rule};
use crate::ruling::{Ruling, Seen, Stop, only_if};
use crate::sign_off::SignOff;
use signoff_oidc::Params;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "P1-SA-09",
    name: "state-comes-back",
    level: Level::IndicativeMust,
    source: LEGACY_GUIDE,
    title: "state comes back on the redirect, unchanged",
    file: include_str!("state_comes_back.rs"),
    grade: Grade::VendorCode,
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let (target, state) = (s.target(), s.state());
    let (Some(target), Some(state)) = (target.once(), state.once()) else {
        return Err(Stop::NotMine("no redirect URI with a state".to_owned()));
    };
    only_if(
        is_in_place(s) && !target.contains(&b'#'),
        "a parameter is out of place, or the redirect URI has a fragment",
    )?;
    let departures = s.departures();
    let to = departures
        .iter()
        .find(|departure| is_at(departure.to.as_bytes(), target))
        .ok_or_else(|| Stop::NotMine("the browser was not sent to the redirect URI".to_owned()))?;
    // Only a working IdP can send a browser to the very address it was given: no control is needed.
    let arrived = Seen::Yes("the browser was sent to the redirect URI".to_owned());
    s.must(
        returned(to.to.as_bytes(), target, state),
        s.shown(&arrived),
        "the state that was sent, once",
    )
}

/// True when `to` is `target` with or without something added to it, however badly it was joined.
fn is_at(to: &[u8], target: &[u8]) -> bool {
    let rest = to.strip_prefix(target);
    let own_query = target.contains(&b'?');
    rest.is_some_and(|rest| match rest.first() {
        None | Some(b'?' | b'&' | b'#') => true,
        Some(_) => own_query && (target.ends_with(b"?") || target.ends_with(b"&")),
    })
}

/// Whether the query of `to` has the state, beside what the target's own query has under that name.
fn returned(to: &[u8], target: &[u8], sent: &[u8]) -> Seen {
    let mut expected = states(target);
    let own = expected.len();
    expected.push(sent.to_vec());
    let found = states(to);
    if found == expected {
        return Seen::Yes("the state came back".to_owned());
    }
    Seen::No(match found.len().checked_sub(own) {
        None | Some(0) => "no state came back".to_owned(),
        Some(1) => "another state came back".to_owned(),
        Some(several) => format!("state came back {several} times"),
    })
}

fn states(uri: &[u8]) -> Vec<Vec<u8>> {
    let before_fragment = uri.split(|&byte| byte == b'#').next().unwrap_or(&[]);
    let mut parts = before_fragment.splitn(2, |&byte| byte == b'?');
    let query = Params::parse(parts.nth(1).unwrap_or(&[]));
    query
        .iter()
        .filter(|(name, _)| *name == b"state")
        .map(|(_, value)| value.to_vec())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::reading::fixture::{AtPingOne, OWN_HINT, alice};
    use crate::testing::{BYE, Case, OUT, OUT_QUERY, TARGET};

    fn with(state: &str) -> Case {
        alice().signs_off(&[OWN_HINT, TARGET, ("state", state)])
    }

    fn at_query() -> Case {
        alice().signs_off(&[("post_logout_redirect_uri", OUT_QUERY), ("state", "s1")])
    }

    #[test]
    fn the_same_octets_come_back() {
        with("s1")
            .ends_at(&format!("{OUT}?state=s1"))
            .assert_kept(&RULE);
        with("a b&c;d+")
            .ends_at(&format!("{OUT}?state=a+b%26c;d%2B"))
            .assert_kept(&RULE);
        with("s1")
            .ends_at(&format!("{OUT}?iss=x&state=s1"))
            .assert_kept(&RULE);
        at_query()
            .ends_at(&format!("{OUT_QUERY}&state=s1"))
            .assert_kept(&RULE);
    }

    #[test]
    fn a_lost_or_changed_state_breaks_it() {
        with("s1").ends_at(OUT).assert_violated(&RULE);
        with("s1")
            .ends_at(&format!("{OUT}?state"))
            .assert_violated(&RULE);
        with("s1")
            .ends_at(&format!("{OUT}&state=s1"))
            .assert_violated(&RULE);
        with("s1")
            .ends_at(&format!("{OUT}#state=s1"))
            .assert_violated(&RULE);
        with("a+b")
            .ends_at(&format!("{OUT}?state=a+b"))
            .assert_violated(&RULE);
        with("a&b")
            .ends_at(&format!("{OUT}?state=a&b"))
            .assert_violated(&RULE);
        with("s1")
            .ends_at(&format!("{OUT}?state=s1&state=s1"))
            .assert_violated(&RULE);
        at_query()
            .ends_at(&format!("{OUT_QUERY}?state=s1"))
            .assert_violated(&RULE);
    }

    #[test]
    fn a_state_of_the_registered_query_is_told_from_the_one_sent() {
        let uri = format!("{OUT}?state=own");
        let case = || {
            let case = alice().registers(&uri);
            case.signs_off(&[("post_logout_redirect_uri", &uri), ("state", "s1")])
        };
        case()
            .ends_at(&format!("{uri}&state=s1"))
            .assert_kept(&RULE);
        case().ends_at(&uri).assert_violated(&RULE);
    }

    #[test]
    fn no_redirect_and_no_state_are_not_its_business() {
        with("s1").gets_refused().assert_not_mine(&RULE);
        with("s1").ends_at(BYE).assert_not_mine(&RULE);
        with("s1")
            .ends_at(&format!("{OUT}er?state=s2"))
            .assert_not_mine(&RULE);
        with("").ends_at(OUT).assert_not_mine(&RULE);
        alice()
            .signs_off(&[OWN_HINT, TARGET])
            .ends_at(OUT)
            .assert_not_mine(&RULE);
    }

    #[test]
    fn a_target_that_ends_where_a_parameter_begins_is_reached_by_one() {
        for target in ["https://rp.example/out?", "https://rp.example/out?x=1&"] {
            let parameters = [("post_logout_redirect_uri", target), ("state", "s1")];
            alice()
                .signs_off(&parameters)
                .ends_at(&format!("{target}state=s1"))
                .assert_kept(&RULE);
        }
        at_query()
            .ends_at(&format!("{OUT_QUERY}2&state=s1"))
            .assert_not_mine(&RULE);
    }

    #[test]
    fn a_fragment_and_a_repeated_parameter_are_not_its_business() {
        let state = ("state", "s1");
        let repeated = alice().signs_off(&[OWN_HINT, OWN_HINT, TARGET, state]);
        repeated.ends_at(OUT).assert_not_mine(&RULE);
        let fragment = format!("{OUT}#x");
        let target = ("post_logout_redirect_uri", fragment.as_str());
        let with_fragment = alice().signs_off(&[OWN_HINT, target, state]);
        with_fragment.ends_at(&fragment).assert_not_mine(&RULE);
    }
}

//! `state` comes back to the client as a query parameter when the person returns there.
//!
//! # Why it matters
//! The client tells its own sign-off from one that somebody else began, and finds its place again, by that value (I-01,
//! I-03).
//!
//! # What does not count
//! How the octets are spelled, a state that is no text or nothing but white space (the product reads text, and takes the
//! latter for nothing), and redirect URIs with a fragment.
//!
//! # How to fix
//! Add the value to the query of the redirect URI, percent-encoded, and put it into the link as it is.

use super::PRODUCT;
use super::reading::{Hint, hint, in_place, kept_target};
use crate::returned_state::added;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, Stop, only_if};
use crate::sign_off::{SignOff, leads_to};

pub(super) const RULE: Rule = Rule {
    id: "IDS-10",
    name: "state-back-in-query",
    title: "state comes back to the client as a query parameter, unchanged",
    file: include_str!("state_back_in_query.rs"),
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    in_place(s)?;
    only_if(hint(s) == Hint::Valid, "there is no valid hint")?;
    let state = s.state();
    let text = state
        .once()
        .filter(|state| std::str::from_utf8(state).is_ok_and(|text| !text.trim().is_empty()));
    let state = text.ok_or_else(|| Stop::NotMine("no state was sent, or no text".to_owned()))?;
    let target = kept_target(s).filter(|target| !target.contains(&b'#'));
    let target = target.ok_or_else(|| Stop::NotMine("no valid redirect URI".to_owned()))?;
    let departures = s.departures().into_iter().map(|departure| departure.to);
    let back: Vec<String> = departures
        .chain(s.offers())
        .filter(|to| leads_to(to.as_bytes(), &target) || begins_with(to, &target))
        .collect();
    only_if(!back.is_empty(), "the person was given no way back")?;
    let given = Seen::Yes("a way back was given".to_owned());
    let same = back
        .iter()
        .map(|to| match added(to.as_bytes(), &target).as_slice() {
            [one] if one == state => Seen::Yes("the same state".to_owned()),
            [] => Seen::No("no state".to_owned()),
            [_] => Seen::No("another state".to_owned()),
            several => Seen::No(format!("{} states", several.len())),
        })
        .fold(given.clone(), Seen::and);
    s.must(same, s.shown(&given), "the state that was sent, once")
}

/// A way back whose query was joined wrongly still is one.
fn begins_with(to: &str, target: &[u8]) -> bool {
    let rest = to.as_bytes().strip_prefix(target);
    rest.is_some_and(|rest| matches!(rest.first(), Some(b'?' | b'&' | b'#')))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::identity_server::reading::fixture::{alice, signs_off};
    use crate::testing::{Case, EVIL, OUT, OUT_QUERY, OWN, Session, TARGET, redirect};

    fn with(state: &str) -> Case {
        alice().get(&[OWN, TARGET, ("state", state)])
    }

    #[test]
    fn the_same_octets_in_the_query_keep_it() {
        signs_off(with("s1"), Some(&format!("{OUT}?state=s1"))).assert_kept(&RULE);
        signs_off(with("a b&;+"), Some(&format!("{OUT}?state=a%20b%26;%2B"))).assert_kept(&RULE);
        let redirected = with("s1").gets(redirect(302, &format!("{OUT}?state=s1")));
        redirected.at_rest(Session::Ended).assert_kept(&RULE);
        let query = alice().get(&[
            OWN,
            ("post_logout_redirect_uri", OUT_QUERY),
            ("state", "s1"),
        ]);
        signs_off(query, Some(&format!("{OUT_QUERY}&state=s1"))).assert_kept(&RULE);
    }

    #[test]
    fn a_state_that_is_lost_or_changed_breaks_it() {
        for back in [
            "",
            "?state=s2",
            "?state=s1&state=s1",
            "#state=s1",
            "&state=s1",
        ] {
            signs_off(with("s1"), Some(&format!("{OUT}{back}"))).assert_violated(&RULE);
        }
        signs_off(with("a&b"), Some(&format!("{OUT}?state=a&b"))).assert_violated(&RULE);
    }

    #[test]
    fn no_way_back_no_text_and_no_hint_are_not_its_business() {
        signs_off(with("s1"), None).assert_not_mine(&RULE);
        signs_off(with("s1"), Some(EVIL)).assert_not_mine(&RULE);
        signs_off(with(" "), Some(OUT)).assert_not_mine(&RULE);
        let without = alice().get(&[TARGET, ("state", "s1")]);
        signs_off(without, Some(OUT)).assert_not_mine(&RULE);
    }
}

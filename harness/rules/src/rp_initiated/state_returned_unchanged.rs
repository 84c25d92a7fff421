//! A `state` of the request is handed back to the relying party in the `state` parameter of the redirect,
//! with the same value.
//!
//! # Why it matters
//! A relying party ties the return to its own request by this value. It was dropped (I-01, I-05), dropped
//! for POST alone (I-06), left without encoding so that a `+` or `#` changes it (I-10), or lost behind a
//! second `?` (I-08).
//!
//! # What does not count
//! How the value is spelled: it is compared octet by octet after one form-decode, `+` being a space and
//! `;` data (I-14). Where the browser was not sent to the target. A state that is not UTF-8, which the form
//! serialization does not carry. A NUL that comes back as U+FFFD, which is how a browser reads it in the form
//! of a question. A `state` that nobody sent. A redirect that reports an error, which is
//! forbidden anyway (RPIL-4-04).
//!
//! # How to fix
//! Percent-encode the value and append it to the registered URI with `?` or `&`.

use super::section;
use crate::returned_state::added;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, Stop, only_if};
use crate::sign_off::SignOff;
use crate::visit::{Departure, Vehicle};
use signoff_oidc::Given;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "RPIL-2-15",
    name: "state-returned-unchanged",
    level: Level::IndicativeMust,
    source: section("2"),
    title: "the redirect carries the state that was sent",
    file: include_str!("state_returned_unchanged.rs"),
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(!s.is_mixed(), "a parameter stands out of its place")?;
    let (Given::Once(state), Given::Once(target)) = (s.state(), s.target()) else {
        return Err(Stop::NotMine(
            "not one state beside one target was sent".to_owned(),
        ));
    };
    only_if(std::str::from_utf8(&state).is_ok(), "the state is not text")?;
    only_if(!s.reports_error(), "the redirect reports an error")?;
    only_if(
        s.registered(&target).anywhere || s.sent_to(&target).is_yes(),
        "the target is registered nowhere, and nobody was sent there",
    )?;
    let arrivals: Vec<Departure> = s
        .departures()
        .into_iter()
        .filter(|departure| before_query(departure.to.as_bytes()) == before_query(&target))
        .collect();
    let arrived = match (arrivals.is_empty(), s.left()) {
        (false, _) => Seen::Yes("the browser was sent to the target".to_owned()),
        (true, Seen::Unknown(why)) => Seen::Unknown(why),
        (true, _) => return Err(Stop::NotMine("nobody was sent to the target".to_owned())),
    };
    let same = arrivals
        .iter()
        .map(|arrival| carries(arrival, &target, &state))
        .fold(arrived.clone(), Seen::and);
    s.must(
        same,
        s.shown(&arrived),
        "state with the octets that were sent",
    )
}

fn before_query(uri: &[u8]) -> &[u8] {
    uri.split(|byte| matches!(byte, b'?' | b'#'))
        .next()
        .unwrap_or(&[])
}

/// Whether this redirect hands back `state`, besides the parameters that the target has of its own.
fn carries(arrival: &Departure, target: &[u8], state: &[u8]) -> Seen {
    if arrival.by == Vehicle::Form {
        return Seen::Unknown("the fields of a form that submits itself are not read".to_owned());
    }
    let (address, fragment) = arrival.to.split_once('#').unwrap_or((&arrival.to, ""));
    let states = added(address.as_bytes(), target);
    match states.as_slice() {
        [one] if one == state => Seen::Yes("the same state".to_owned()),
        [one] if *one == as_pages_hold(state) => {
            Seen::Unknown("a page cannot hold the NUL of the state".to_owned())
        }
        // Octets that are not UTF-8 were lost when the reference was read as text.
        _ if address.contains(char::REPLACEMENT_CHARACTER) => {
            Seen::Unknown("the redirect holds octets that are not UTF-8".to_owned())
        }
        [] if fragment.contains("state=") => {
            Seen::Unknown("the state came back in the fragment".to_owned())
        }
        [] => Seen::No("no state".to_owned()),
        [one] => Seen::No(format!(
            "another state: {} octets instead of {}",
            one.len(),
            state.len()
        )),
        several => Seen::No(format!("{} states", several.len())),
    }
}

/// Without NUL, for which a parser of HTML puts U+FFFD.
fn as_pages_hold(state: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(state);
    text.replace('\0', "\u{fffd}").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, EVIL, OUT, OUT_QUERY, OWN, error, redirect};

    fn with_state(state: &str, target: &str, location: &str) -> Case {
        Case::new()
            .registers("https://rp.example/s?state=own")
            .get(&[OWN, ("post_logout_redirect_uri", target), ("state", state)])
            .gets(redirect(303, location))
    }

    #[test]
    fn the_same_octets_after_one_decode_keep_it() {
        for (state, target, location) in [
            ("abc", OUT, "https://rp.example/out?state=abc"),
            ("a b+c", OUT, "https://rp.example/out?state=a+b%2Bc"),
            ("a;b", OUT, "https://rp.example/out?state=a;b"),
            ("%20", OUT, "https://rp.example/out?state=%2520"),
            ("abc", OUT_QUERY, "https://rp.example/out?x=1&state=abc"),
            (
                "abc",
                "https://rp.example/s?state=own",
                "https://rp.example/s?state=own&state=abc",
            ),
            (
                "own",
                "https://rp.example/s?state=own",
                "https://rp.example/s?state=own&state=own",
            ),
        ] {
            with_state(state, target, location).assert_kept(&RULE);
        }
    }

    #[test]
    fn a_lost_changed_or_doubled_state_breaks_it() {
        for (state, target, location) in [
            ("abc", OUT, OUT),
            ("abc", OUT, "https://rp.example/out?state="),
            ("a+b", OUT, "https://rp.example/out?state=a+b"),
            ("a#b", OUT, "https://rp.example/out?state=a#b"),
            ("a&b=c", OUT, "https://rp.example/out?state=a&b=c"),
            ("abc", OUT_QUERY, "https://rp.example/out?x=1?state=abc"),
            ("abc", OUT, "https://rp.example/out?state=abc&state=abc"),
            ("a b", OUT, "https://rp.example/out?state=a%2520b"),
        ] {
            with_state(state, target, location).assert_violated(&RULE);
        }
    }

    #[test]
    fn a_nul_that_a_page_could_not_hold_is_undecided() {
        with_state("a\0b", OUT, "https://rp.example/out?state=a%EF%BF%BDb").assert_undecided(&RULE);
        with_state("a\0b", OUT, "https://rp.example/out?state=a").assert_violated(&RULE);
        with_state("a\0b", OUT, "https://rp.example/out?state=a%00b").assert_kept(&RULE);
    }

    #[test]
    fn a_fragment_and_octets_that_are_no_text_tell_nothing() {
        with_state("abc", OUT, "https://rp.example/out#state=abc").assert_undecided(&RULE);
        with_state("abc", OUT, "https://rp.example/out#x").assert_violated(&RULE);
        let mut answer = redirect(303, OUT);
        answer.headers[0].1 = b"https://rp.example/out?state=\xff".to_vec();
        with_state("abc", OUT, OUT)
            .gets(answer)
            .assert_undecided(&RULE);
    }

    #[test]
    fn no_state_another_place_and_no_redirect_are_not_its_business() {
        with_state("abc", OUT, EVIL).assert_not_mine(&RULE);
        with_state("abc", OUT, "https://rp.example/out?error=access_denied").assert_not_mine(&RULE);
        with_state("", OUT, OUT).assert_not_mine(&RULE);
        with_state("abc", "https://rp.example/out?y=2", OUT).assert_not_mine(&RULE);
        with_state("abc", OUT, OUT)
            .gets(error())
            .assert_not_mine(&RULE);
        with_state("abc", OUT, OUT)
            .gets_nothing()
            .assert_undecided(&RULE);
    }
}

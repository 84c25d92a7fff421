//! A request that is refused because it is long is refused with a status that says so.
//!
//! # Why it matters
//! Large groups of a person make ID tokens of many kilobytes. Servers that answered such a sign-off with 404
//! (K-02) or with the 403 of a firewall (K-10) sent everybody looking for another fault.
//!
//! # What does not count
//! Serving the request; 400, 413, 414 and 431; server errors, which CSS-03 judges. Requests of fewer than 2000
//! octets, and those that are not in order but for their length. The level is a SHOULD of our own.
//!
//! # How to fix
//! Raise the limit of the server or proxy (16 kilobytes serve most), and answer 414, 431 or 413 above it.

use super::OURS;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::Given;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CSS-16",
    name: "length-refused-by-name",
    level: Level::Should,
    source: OURS,
    title: "a long request is refused with a status that says so",
    file: include_str!("length_refused_by_name.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

/// From this length on a request is long, in octets.
const LONG: usize = 2000;

fn judge(s: &SignOff<'_>) -> Ruling {
    let request = &s.attempt().chain[0].request;
    only_if(
        request.target.len() + request.body.len() >= LONG,
        "the request is not long",
    )?;
    only_if(
        in_order_but_long(s),
        "something besides the length is not in order",
    )?;
    let Some(response) = s.first_response() else {
        return Err(crate::ruling::Stop::Undecided("no answer came".to_owned()));
    };
    let astray = matches!(response.status, 401..=412 | 415..=430 | 432..=499);
    s.must_not(
        Seen::of(astray, format!("status {}", response.status)),
        s.did(Control::Orderly, SignOff::worked, "end its session"),
        "the request served, or 400, 413, 414 or 431",
    )
}

fn in_order_but_long(s: &SignOff<'_>) -> bool {
    let target_fits = match s.target() {
        Given::Absent => true,
        Given::Once(uri) => s.registered(&uri).for_client == Some(true),
        _ => false,
    };
    matches!(s.method(), "GET" | "POST")
        && !s.is_mixed()
        && !s.repeats()
        && target_fits
        && s.hint_fits_session()
        && s.session_alive().is_yes()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, EVIL, OUT, OWN, Session, TARGET, page, redirect};

    fn long() -> Case {
        Case::new().get(&[OWN, TARGET, ("state", &"s".repeat(3000))])
    }

    #[test]
    fn serving_it_and_saying_so_keep_it() {
        for status in [400, 413, 414, 431] {
            long()
                .gets(page(status, ""))
                .orderly_worked()
                .assert_kept(&RULE);
        }
        long()
            .gets(redirect(303, OUT))
            .orderly_worked()
            .assert_kept(&RULE);
        long()
            .gets(page(414, ""))
            .orderly_refused()
            .assert_undecided(&RULE);
    }

    #[test]
    fn another_refusal_breaks_it() {
        for status in [403, 404, 405] {
            long().gets(page(status, "")).assert_violated(&RULE);
        }
        long().gets_nothing().assert_undecided(&RULE);
    }

    #[test]
    fn the_body_counts_and_a_target_is_not_needed() {
        let state = ("state", &*"s".repeat(3000));
        for case in [
            Case::new().post(&[OWN, TARGET, state]),
            Case::new().get(&[OWN, state]),
        ] {
            case.gets(page(404, "")).assert_violated(&RULE);
        }
    }

    #[test]
    fn a_second_fault_of_a_long_request_may_be_what_was_refused() {
        let state = ("state", &*"s".repeat(3000));
        let mut mixed = long();
        mixed.record.attempts[0].chain[0].request.body = b"state=2".to_vec();
        for case in [
            Case::new().get(&[OWN, ("post_logout_redirect_uri", EVIL), state]),
            Case::new().get(&[OWN, TARGET, TARGET, state]),
            Case::new().get(&[OWN, state, state]),
            Case::new().get(&[TARGET, state]),
            Case::new()
                .sign_in("alice", "a", 0, 1)
                .get(&[OWN, TARGET, state]),
            long().before(Session::Ended),
            mixed,
        ] {
            case.gets(page(404, "")).assert_not_mine(&RULE);
        }
    }

    #[test]
    fn short_and_disorderly_requests_are_not_its_business() {
        Case::new()
            .get(&[OWN, TARGET])
            .gets(page(404, ""))
            .assert_not_mine(&RULE);
        Case::new()
            .get(&[("id_token_hint", &"x".repeat(3000))])
            .gets(page(403, ""))
            .assert_not_mine(&RULE);
    }
}

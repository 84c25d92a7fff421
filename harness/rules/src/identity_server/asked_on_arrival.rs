//! A person who is sent to the endpoint is asked whether they really want to sign out.
//!
//! # Why it matters
//! An image on a foreign page is enough to send somebody there (H-01, H-05).
//!
//! # What does not count
//! Requests with a hint, and nobody signed in.
//!
//! # How to fix
//! Show the logout prompt unless the logout context says otherwise, and end nothing before a yes.

use super::PRODUCT;
use super::reading::{Hint, asked, hint, in_place, signed_in};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::SignOff;

pub(super) const RULE: Rule = Rule {
    id: "IDS-04",
    name: "asked-on-arrival",
    title: "who arrives without a hint is asked whether to sign out",
    file: include_str!("asked_on_arrival.rs"),
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    in_place(s)?;
    only_if(hint(s) == Hint::Absent, "there is a hint")?;
    signed_in(s)?;
    asked(s)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::identity_server::reading::fixture::{alice, asks_first, signs_off};
    use crate::testing::{OWN, Session, asks, blank};

    #[test]
    fn a_question_before_anything_ends_keeps_it() {
        asks_first(alice().get(&[]), None).assert_kept(&RULE);
        alice().post(&[]).gets(asks()).assert_kept(&RULE);
    }

    #[test]
    fn a_session_that_ends_unasked_breaks_it() {
        signs_off(alice().get(&[]), None).assert_violated(&RULE);
        let asked_too_late = alice().get(&[]).gets(asks()).at_rest(Session::Ended);
        asked_too_late.assert_violated(&RULE);
    }

    #[test]
    fn a_page_that_was_not_recognised_tells_nothing() {
        alice().get(&[]).gets(blank()).assert_undecided(&RULE);
    }

    #[test]
    fn a_hint_and_nobody_signed_in_are_not_its_business() {
        signs_off(alice().get(&[OWN]), None).assert_not_mine(&RULE);
        alice()
            .get(&[])
            .before(Session::Ended)
            .assert_not_mine(&RULE);
    }
}

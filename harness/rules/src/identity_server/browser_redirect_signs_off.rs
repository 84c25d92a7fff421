//! A browser that is redirected to the end session URL is signed off, at once or after a yes.
//!
//! # Why it matters
//! It is what the endpoint is for. A redirect is a GET: one product read the parameters of a POST alone.
//!
//! # What does not count
//! A question that nobody answered with yes, and a request without a live session.
//!
//! # How to fix
//! Serve GET, and send the browser to a page that clears the session.

use super::PRODUCT;
use super::reading::{in_place, signed_in};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::{Control, SignOff};

pub(super) const RULE: Rule = Rule {
    id: "IDS-01",
    name: "browser-redirect-signs-off",
    title: "a browser sent to the end session URL is signed off",
    file: include_str!("browser_redirect_signs_off.rs"),
    needs: &[Control::OtherMethod],
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        s.method() == "GET",
        "the request was not sent by a redirect",
    )?;
    in_place(s)?;
    signed_in(s)?;
    s.carried_through()?;
    let ended = s.ended_at_last();
    let proof = if ended.is_yes() {
        s.shown(&ended)
    } else {
        s.did(Control::OtherMethod, SignOff::worked, "sign off")
    };
    s.must(ended, proof, "the session over")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::identity_server::reading::fixture::{
        alice, asks_first, other_method_worked, signs_off,
    };
    use crate::sign_off::Control;
    use crate::testing::{OWN, Session, asks, error};

    #[test]
    fn a_session_that_ends_at_once_or_after_a_yes_keeps_it() {
        signs_off(alice().get(&[OWN]), None).assert_kept(&RULE);
        asks_first(alice().get(&[]), None).assert_kept(&RULE);
    }

    #[test]
    fn a_session_that_lives_although_a_post_ends_it_breaks_it() {
        let refused = || alice().get(&[OWN]).gets(error());
        other_method_worked(refused()).assert_violated(&RULE);
        refused().assert_wants(&RULE, Control::OtherMethod);
    }

    #[test]
    fn posts_open_questions_and_nobody_signed_in_are_not_its_business() {
        signs_off(alice().post(&[OWN]), None).assert_not_mine(&RULE);
        alice().get(&[]).gets(asks()).assert_not_mine(&RULE);
        let nobody = alice().get(&[OWN]).before(Session::Ended);
        nobody.assert_not_mine(&RULE);
    }
}

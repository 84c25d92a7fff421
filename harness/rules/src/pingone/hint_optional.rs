//! `id_token_hint` is optional: without it the user is signed off all the same.
//!
//! # Why it matters
//! Links to `/as/signoff` without any hint are common, and an OP that demands one leaves their users signed
//! on (D-17, L-15). It is also where `PingOne` departs from RPIL-2-27, which wants a question.
//!
//! # What does not count
//! Requests that are refused for another documented reason, such as a redirect URI that nobody registered.
//! Where it is open whether the request is one to carry out (an empty hint, an unknown parameter), a refusal
//! decides nothing.
//!
//! # How to fix
//! Sign off whoever the `ST` cookie identifies.

use super::reading::{has_foreign_target, is_documented_to_work, is_in_place};
use super::{PRODUCT, SINCE_CURRENT_PAGE};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Stop, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "P1-SO-03",
    name: "hint-optional",
    level: Level::Indicative,
    title: "without a hint the user is signed off all the same",
    file: include_str!("hint_optional.rs"),
    scope: SINCE_CURRENT_PAGE,
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        s.hint().is_omitted() && is_in_place(s),
        "a hint was sent, or a parameter out of place",
    )?;
    only_if(
        !has_foreign_target(s),
        "the request is refused for its redirect URI",
    )?;
    s.signed_in_before()?;
    let ended = s.ended_before_answer();
    if ended.is_no() && !is_documented_to_work(s) {
        return Err(Stop::Undecided(
            "it may have been refused for something else in the request".to_owned(),
        ));
    }
    s.must(
        ended,
        s.did(Control::Orderly, SignOff::worked, "end its session"),
        "the session ended without a question",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::reading::fixture::{AtPingOne, OWN_HINT, alice};
    use crate::sign_off::Control;
    use crate::testing::{EVIL, Session, TARGET, asks};

    #[test]
    fn a_bare_request_signs_off() {
        let case = || alice().signs_off(&[]).lands();
        case().assert_wants(&RULE, Control::Orderly);
        case().beside_success().assert_kept(&RULE);
        case().beside_refusal().assert_undecided(&RULE);
    }

    #[test]
    fn so_does_one_that_is_written_oddly() {
        let case = alice().signs_off(&[("id_token_hint", ""), ("colour", "red")]);
        case.lands().beside_success().assert_kept(&RULE);
    }

    #[test]
    fn a_refusal_and_a_question_break_it() {
        let case = || alice().signs_off(&[TARGET]).beside_success();
        case().gets_refused().assert_violated(&RULE);
        case().gets(asks()).assert_violated(&RULE);
    }

    #[test]
    fn the_refusal_of_an_odd_request_decides_nothing() {
        let case = alice().signs_off(&[("id_token_hint", "")]).gets_refused();
        case.beside_success().assert_undecided(&RULE);
        let long = "s".repeat(9000);
        let case = alice()
            .signs_off(&[TARGET, ("state", &long)])
            .gets_refused();
        case.beside_success().assert_undecided(&RULE);
    }

    #[test]
    fn a_hint_a_foreign_uri_and_no_session_are_not_its_business() {
        alice().signs_off(&[OWN_HINT]).assert_not_mine(&RULE);
        let foreign = alice().signs_off(&[("post_logout_redirect_uri", EVIL)]);
        foreign.gets_refused().assert_not_mine(&RULE);
        let nobody = alice().signs_off(&[]).before(Session::Ended);
        nobody.assert_not_mine(&RULE);
    }
}

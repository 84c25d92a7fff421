//! The browser is sent to the relying party only when the request asked for it, only to the address it
//! asked for, and after a logout has been performed.
//!
//! # Why it matters
//! A redirect is the OP's word that the person is signed off. It was given while the session lived (D-01),
//! for a session long gone beside one that was not touched (D-02), or led to a default address that nobody
//! asked for.
//!
//! # What does not count
//! Pages of the OP, wherever they are: an address that belongs to no client is not judged. What follows a
//! no. Why a redirect was refused.
//!
//! # How to fix
//! End the session first, then redirect to the value of `post_logout_redirect_uri` and to nothing else.

use super::section;
use crate::record::CookiesSent;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Stop, only_if, only_if_seen};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::Given;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "RPIL-3-01",
    name: "redirect-after-logout",
    level: Level::Indicative,
    source: section("3"),
    title: "a redirect leads to the target, after the logout",
    file: include_str!("redirect_after_logout.rs"),
    needs: &[Control::Orderly],
    sums_up: true,
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(!s.is_mixed(), "a parameter stands out of its place")?;
    match s.target() {
        Given::Absent => s.must_not(
            s.left_for_rp(),
            s.did(Control::Orderly, SignOff::honoured, "honour its target"),
            "no redirect, since none was asked for",
        ),
        Given::Once(_) => {
            only_if_seen(&s.left_for_rp(), "nobody was sent to a relying party")?;
            s.carried_through()?;
            let arrived = s.arrived_exactly();
            // With a hint of another session, that one may be what the OP ended.
            let had_session = s.attempt().cookies == CookiesSent::Current
                && (s.genuine_hint().is_none() || s.hint_fits_session());
            let fitting = match s.session_alive() {
                alive if had_session && !alive.is_no() => arrived.and(s.ended_at_last()),
                _ => arrived,
            };
            s.must(
                fitting,
                s.shown(&s.left_for_rp()),
                "a redirect to the target, the session being over",
            )
        }
        Given::Empty | Given::Repeated(_) => {
            Err(Stop::NotMine("the target is empty or repeated".to_owned()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::record::Answered;
    use crate::testing::{BYE, Case, OUT, OWN, Session, TARGET, asks, error, redirect, signed_off};

    fn with_target() -> Case {
        Case::new().get(&[OWN, TARGET])
    }

    #[test]
    fn a_redirect_to_the_target_after_the_end_keeps_it() {
        with_target()
            .gets(redirect(303, OUT))
            .at_rest(Session::Ended)
            .assert_kept(&RULE);
        with_target()
            .before(Session::Ended)
            .gets(redirect(303, OUT))
            .assert_kept(&RULE);
    }

    #[test]
    fn without_a_target_staying_keeps_it_beside_a_redirect_that_works() {
        let without = || Case::new().get(&[OWN]).gets(signed_off());
        without().orderly_worked().assert_kept(&RULE);
        without().orderly_refused().assert_undecided(&RULE);
        Case::new()
            .get(&[OWN])
            .gets(redirect(303, OUT))
            .assert_violated(&RULE);
    }

    #[test]
    fn another_address_or_a_live_session_breaks_it() {
        with_target()
            .gets(redirect(303, BYE))
            .at_rest(Session::Ended)
            .assert_violated(&RULE);
        with_target()
            .gets(redirect(303, OUT))
            .assert_violated(&RULE);
    }

    #[test]
    fn a_hint_of_another_session_may_have_ended_that_one() {
        Case::new()
            .sign_in("bob", "a", 0, 1)
            .get(&[OWN, TARGET])
            .gets(redirect(303, OUT))
            .assert_kept(&RULE);
    }

    #[test]
    fn a_place_of_no_client_is_not_judged() {
        Case::new()
            .get(&[OWN])
            .gets(redirect(303, "https://www.company.example/"))
            .assert_undecided(&RULE);
    }

    #[test]
    fn refusals_and_answers_of_no_are_not_its_business() {
        with_target().gets(error()).assert_not_mine(&RULE);
        with_target()
            .gets(asks())
            .says(Answered::No, redirect(303, OUT), Session::Lives)
            .assert_not_mine(&RULE);
    }
}

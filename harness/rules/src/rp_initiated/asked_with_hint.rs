//! When a relying party asks for a logout, the OP asks the End-User whether to log out of the OP too.
//!
//! # Why it matters
//! A person who leaves one application may not mean to leave all of them. One government IdP always asks
//! (H-03); most products do not when the hint fits, which is why this is a SHOULD that many break knowingly.
//!
//! # What does not count
//! How the question looks. A request that is not orderly and was refused. A hint that does not belong to the session, for
//! which other sentences demand the question.
//!
//! # How to fix
//! Show a page that asks, and keep the session until the answer.

use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::SignOff;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "RPIL-2-26",
    name: "asked-with-hint",
    level: Level::Should,
    source: section("2"),
    title: "the End-User is asked, even with a valid hint",
    file: include_str!("asked_with_hint.rs"),
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    // What is not orderly may be refused; what signs the person off is no refusal.
    let went_on = s.hint_fits_session()
        && !s.is_mixed()
        && matches!(s.method(), "GET" | "POST")
        && s.session_alive().is_yes()
        && (s.ended_before_answer().is_yes() || s.asked().is_yes());
    only_if(
        s.is_orderly() || went_on,
        "the request is not orderly, or the hint is not of this session",
    )?;
    let asked = match s.ended_before_answer() {
        Seen::Yes(ended) => Seen::No(ended),
        Seen::No(_) => s.asked(),
        unknown @ Seen::Unknown(_) => unknown,
    };
    // A target that is dead or refuses neither asks nor signs off.
    let alive = s.shown(&asked.clone().or(s.worked()));
    s.must(asked, alive, "a question while the session lives")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::record::Answered;
    use crate::testing::{
        Case, EVIL, OUT, OWN, Session, TARGET, asks, error, page, redirect, signed_off,
    };

    fn orderly() -> Case {
        Case::new().get(&[OWN, TARGET])
    }

    #[test]
    fn a_question_keeps_it_whatever_the_answer() {
        orderly()
            .gets(asks())
            .says(Answered::Yes, redirect(303, OUT), Session::Ended)
            .assert_kept(&RULE);
        orderly()
            .gets(asks())
            .says(Answered::No, page(200, "Still here"), Session::Lives)
            .assert_kept(&RULE);
    }

    #[test]
    fn an_end_without_a_question_breaks_it() {
        orderly()
            .gets(redirect(303, OUT))
            .at_rest(Session::Ended)
            .assert_violated(&RULE);
        orderly()
            .gets(asks())
            .at_rest(Session::Ended)
            .assert_violated(&RULE);
    }

    #[test]
    fn a_dead_or_refusing_or_silent_target_tells_nothing() {
        orderly().gets(page(500, "")).assert_undecided(&RULE);
        orderly().gets(error()).assert_undecided(&RULE);
        orderly().assert_undecided(&RULE);
    }

    const STRANGE: (&str, &str) = ("post_logout_redirect_uri", EVIL);

    #[test]
    fn what_might_have_been_refused_and_was_carried_out_needs_the_question_too() {
        let strange = || Case::new().get(&[OWN, STRANGE]);
        strange().gets(asks()).assert_kept(&RULE);
        strange()
            .gets(signed_off())
            .at_rest(Session::Ended)
            .assert_violated(&RULE);
        strange().gets(error()).assert_not_mine(&RULE);
    }

    #[test]
    fn another_session_another_method_and_parameters_astray_are_not_its_business() {
        let mut by_put = Case::new().get(&[OWN, STRANGE]);
        by_put.record.attempts[0].chain[0].request.method = "PUT".to_owned();
        let mut mixed = Case::new().get(&[OWN, STRANGE]);
        mixed.record.attempts[0].chain[0].request.body = b"state=1".to_vec();
        let other_session = Case::new().sign_in("alice", "a", 0, 1);
        for case in [by_put, mixed, other_session.get(&[OWN, STRANGE])] {
            case.gets(signed_off())
                .at_rest(Session::Ended)
                .assert_not_mine(&RULE);
        }
        let signed_out = Case::new().get(&[OWN, STRANGE]).before(Session::Ended);
        signed_out.gets(asks()).assert_not_mine(&RULE);
    }

    #[test]
    fn a_request_without_hint_is_not_its_business() {
        Case::new().get(&[TARGET]).assert_not_mine(&RULE);
    }
}

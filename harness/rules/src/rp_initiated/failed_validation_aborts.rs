//! When a validation fails, the OP aborts whatever needs the information that failed.
//!
//! # Why it matters
//! In one product an unknown audience led into the branch for people who are signed off already, and that
//! branch redirected anywhere: the failure was the way in.
//!
//! # What does not count
//! What does not need the failed information: signing off after a yes when the hint or the target is bad, a
//! page that says what is wrong, a redirect to a default address when the target is bad (RPIL-3-04 and RPIL-4-04
//! judge that). Which page it is.
//!
//! # How to fix
//! Let every failed validation end in a refusal, or go on without the failed parameter and all that hangs
//! on it.

use super::section;
use crate::request_error::RequestError;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "RPIL-4-01",
    name: "failed-validation-aborts",
    level: Level::Must,
    source: section("4"),
    title: "what needs a parameter that failed its validation is not done",
    file: include_str!("failed_validation_aborts.rs"),
    needs: &[Control::Orderly],
    sums_up: true,
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        matches!(s.method(), "GET" | "POST"),
        "the method is neither GET nor POST",
    )?;
    let errors = s.errors();
    only_if(!errors.is_empty(), "no validation of the request fails")?;
    let expected = "neither a redirect nor an unasked end that rests on the parameter that failed";
    if errors == [RequestError::HintNotIssued] {
        return s.must_not(s.failed_hint_served(), s.genuine_hint_serves(), expected);
    }
    let redirected = if errors == [RequestError::TargetNotRegistered] {
        // A default address needs nothing of the target that failed.
        match s.target().once() {
            Some(target) => s.sent_to(target),
            None => s.left_for_rp(),
        }
    } else if errors.contains(&RequestError::TargetNotRegistered) {
        s.left_for_rp()
    } else {
        s.left_as_granted()
    };
    let done = if errors.contains(&RequestError::HintNotIssued) {
        redirected.or(s.failed_hint_served())
    } else {
        redirected
    };
    let proof = s.did(Control::Orderly, SignOff::honoured, "honour its target");
    s.must_not(done, proof, expected)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::record::Answered;
    use crate::testing::{
        Case, EVIL, OUT, OWN, Session, TARGET, asks, error, redirect, signed_off,
    };

    const FORGED: (&str, &str) = ("id_token_hint", "forged");
    const ASTRAY: (&str, &str) = ("post_logout_redirect_uri", EVIL);

    #[test]
    fn stopping_keeps_it_and_so_does_signing_off_after_a_yes() {
        Case::new()
            .get(&[FORGED, TARGET])
            .gets(error())
            .orderly_worked()
            .assert_kept(&RULE);
        Case::new()
            .get(&[OWN, ASTRAY])
            .gets(asks())
            .says(Answered::Yes, signed_off(), Session::Ended)
            .orderly_worked()
            .assert_kept(&RULE);
        Case::new()
            .get(&[OWN, ASTRAY])
            .gets(error())
            .orderly_refused()
            .assert_undecided(&RULE);
    }

    #[test]
    fn a_default_address_needs_nothing_of_the_target_that_failed() {
        let case = || Case::new().get(&[OWN, ASTRAY]).orderly_worked();
        case().gets(redirect(302, OUT)).assert_kept(&RULE);
        case().gets(redirect(302, EVIL)).assert_violated(&RULE);
    }

    #[test]
    fn a_bad_target_does_not_bar_the_sign_off() {
        Case::new()
            .get(&[OWN, ASTRAY])
            .gets(signed_off())
            .at_rest(Session::Ended)
            .orderly_worked()
            .assert_kept(&RULE);
    }

    #[test]
    fn going_on_breaks_it() {
        Case::new()
            .get(&[FORGED])
            .gets(signed_off())
            .at_rest(Session::Ended)
            .assert_violated(&RULE);
        Case::new()
            .get(&[FORGED, ASTRAY])
            .gets(redirect(307, EVIL))
            .assert_violated(&RULE);
        Case::new()
            .get(&[OWN, ("client_id", "b"), TARGET])
            .gets(redirect(303, OUT))
            .assert_violated(&RULE);
    }

    #[test]
    fn a_request_without_errors_is_not_its_business() {
        Case::new()
            .get(&[OWN, TARGET])
            .gets(redirect(303, OUT))
            .assert_not_mine(&RULE);
        Case::new().get(&[]).assert_not_mine(&RULE);
    }
}

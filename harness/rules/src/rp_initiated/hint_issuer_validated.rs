//! When a hint is sent, the OP makes sure that it issued that ID token itself. A hint of another origin gets
//! none of what a genuine one gets.
//!
//! # Why it matters
//! Hints were read without a look at the signature (B-01, B-02), with another issuer's tokens let in (B-03),
//! or with any token of the server accepted, access tokens too (B-06). Each lets a foreign page sign people
//! off or send them on.
//!
//! # What does not count
//! An error page, a question or a signed-off page after a yes. A redirect when a `client_id` came along,
//! because that may confirm the target without the hint, or one that reports an error, of which RPIL-4-04
//! speaks. A token that was made with a signing key the IdP gave us. That an OP never asks is no excuse: a
//! hint that fails is then as good as one that does not.
//!
//! # How to fix
//! Verify signature, issuer and kind of token before any claim is read, and go on as with no hint at all, or
//! refuse, when one of them fails.

use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "RPIL-2-22",
    name: "hint-issuer-validated",
    level: Level::Must,
    source: section("2"),
    title: "a hint that this OP did not issue gets nothing",
    file: include_str!("hint_issuer_validated.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        s.hint_not_issued() && matches!(s.method(), "GET" | "POST"),
        "no hint that this OP cannot have issued, sent by GET or POST",
    )?;
    s.must_not(
        s.failed_hint_served(),
        s.genuine_hint_serves(),
        "neither a redirect nor the end of the session before a yes",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::record::{Answered, Provenance};
    use crate::sign_off::Control;
    use crate::testing::{
        ACCESS_TOKEN, Case, OUT, OWN, Session, TARGET, asks, error, redirect, signed_off,
    };

    fn forged() -> Case {
        Case::new().get(&[("id_token_hint", "forged"), TARGET])
    }

    #[test]
    fn a_refusal_or_a_question_keeps_it_where_a_genuine_hint_is_honoured() {
        forged().gets(error()).orderly_worked().assert_kept(&RULE);
        forged()
            .gets(asks())
            .says(Answered::Yes, signed_off(), Session::Ended)
            .orderly_worked()
            .assert_kept(&RULE);
        forged()
            .gets(error())
            .orderly_refused()
            .assert_undecided(&RULE);
        forged().orderly_ignored().assert_undecided(&RULE);
    }

    #[test]
    fn a_redirect_or_an_unasked_end_breaks_it() {
        forged().gets(redirect(303, OUT)).assert_violated(&RULE);
        forged()
            .gets(signed_off())
            .at_rest(Session::Ended)
            .assert_violated(&RULE);
        Case::new()
            .get(&[("id_token_hint", ACCESS_TOKEN), TARGET])
            .gets(redirect(303, OUT))
            .assert_violated(&RULE);
        Case::new()
            .made("elsewhere", Provenance::IssuedElsewhere)
            .get(&[("id_token_hint", "elsewhere"), TARGET])
            .gets(redirect(303, OUT))
            .assert_violated(&RULE);
    }

    #[test]
    fn always_asking_proves_nothing_without_a_target() {
        let twin = Case::new().get(&[OWN, TARGET]).gets(asks()).says(
            Answered::Yes,
            redirect(303, OUT),
            Session::Ended,
        );
        Case::new()
            .get(&[("id_token_hint", "forged")])
            .gets(asks())
            .control(Control::Orderly, twin)
            .assert_undecided(&RULE);
    }

    #[test]
    fn a_target_that_client_id_may_have_opened_tells_nothing() {
        Case::new()
            .get(&[("id_token_hint", "forged"), ("client_id", "a"), TARGET])
            .gets(asks())
            .says(Answered::Yes, redirect(303, OUT), Session::Ended)
            .assert_undecided(&RULE);
    }

    #[test]
    fn a_redirect_that_reports_an_error_shows_that_the_hint_was_looked_at() {
        forged()
            .gets(redirect(
                303,
                "https://rp.example/out?error=invalid_request",
            ))
            .assert_undecided(&RULE);
    }

    #[test]
    fn genuine_hints_and_our_own_signatures_are_not_its_business() {
        Case::new()
            .get(&[OWN, TARGET])
            .gets(redirect(303, OUT))
            .assert_not_mine(&RULE);
        Case::new()
            .made("signed", Provenance::SignedNotIssued)
            .get(&[("id_token_hint", "signed"), TARGET])
            .gets(redirect(303, OUT))
            .assert_not_mine(&RULE);
        Case::new().get(&[TARGET]).assert_not_mine(&RULE);
    }
}

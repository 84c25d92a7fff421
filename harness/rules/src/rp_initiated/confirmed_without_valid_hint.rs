//! A request without a valid hint may be an attempt to deny people their session, so the OP gets an explicit
//! confirmation before it ends one.
//!
//! # Why it matters
//! A link, an image or a prefetching browser is enough to send such a request (H-01, H-02); a token of the
//! wrong kind or with the wrong signature is as good as none (H-05).
//!
//! # What does not count
//! Refusing the request: nothing ends. A genuine hint of another session, of which RPIL-2-28 speaks, and a
//! token made with a signing key that the IdP gave us.
//!
//! # How to fix
//! Ask, and let the yes carry a value bound to the session.

use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "RPIL-6-01",
    name: "confirmed-without-valid-hint",
    level: Level::Indicative,
    source: section("6"),
    title: "without a valid hint nothing ends before a yes",
    file: include_str!("confirmed_without_valid_hint.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        (s.hint().is_omitted() || s.hint_not_issued()) && !s.is_mixed(),
        "the hint may be valid",
    )?;
    only_if(
        matches!(s.method(), "GET" | "POST"),
        "the method is neither GET nor POST",
    )?;
    s.signed_in_before()?;
    s.must_not(
        s.ended_before_answer(),
        s.did(Control::Orderly, SignOff::worked, "end its session"),
        "the session alive until the End-User says yes",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::record::{Answered, Provenance};
    use crate::testing::{Case, OWN, Session, TARGET, asks, error, signed_off};

    const WITHOUT: [&[(&str, &str)]; 3] = [
        &[],
        &[("id_token_hint", "")],
        &[("id_token_hint", "forged")],
    ];

    #[test]
    fn a_question_or_a_refusal_keeps_it() {
        for params in WITHOUT {
            Case::new()
                .get(params)
                .gets(asks())
                .says(Answered::Yes, signed_off(), Session::Ended)
                .orderly_worked()
                .assert_kept(&RULE);
            Case::new()
                .get(params)
                .gets(error())
                .orderly_refused()
                .assert_undecided(&RULE);
        }
    }

    #[test]
    fn an_end_before_a_yes_breaks_it() {
        for params in WITHOUT {
            Case::new()
                .get(params)
                .gets(signed_off())
                .at_rest(Session::Ended)
                .assert_violated(&RULE);
        }
    }

    #[test]
    fn hints_that_may_be_valid_are_not_its_business() {
        Case::new().get(&[OWN, TARGET]).assert_not_mine(&RULE);
        Case::new()
            .made("signed", Provenance::SignedNotIssued)
            .get(&[("id_token_hint", "signed")])
            .assert_not_mine(&RULE);
        Case::new()
            .get(&[])
            .before(Session::Ended)
            .assert_not_mine(&RULE);
    }
}

//! The user identified by the hint must be the user of the current session.
//!
//! # Why it matters
//! Where any valid token will do, anyone with an account can sign others off by a link (C-01, C-04), or end
//! the session of the user whom the token names (C-03).
//!
//! # What does not count
//! How the refusal looks. A hint of an earlier session of the same user: the documentation compares users,
//! not sessions. Requests without a live session.
//!
//! # How to fix
//! Compare the hint's `sub` with the user of the `ST` cookie's session, and refuse before anything ends.

use super::PRODUCT;
use super::reading::{is_about_another_user, is_in_place, refused};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "P1-SO-06",
    name: "user-of-session",
    level: Level::Must,
    title: "the hint's user is the user of the session",
    file: include_str!("user_of_session.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        is_in_place(s) && is_about_another_user(s),
        "the hint is not about another user than the session's",
    )?;
    refused(s)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::reading::fixture::{AtPingOne, EXPIRED, OWN_HINT, alice, token};
    use crate::record::Provenance;
    use crate::testing::{Case, OUT, Session, TARGET, asks, error};

    /// Bob has signed on in another browser; his hint is sent in Alice's.
    fn with_bobs_hint() -> Case {
        let case = alice().sign_in("bob", "a", 1, 1);
        case.signs_off(&[("id_token_hint", "id-token-1"), TARGET])
    }

    #[test]
    fn another_users_hint_gets_refused() {
        let case = || {
            with_bobs_hint()
                .gets_refused()
                .other_browser(Session::Lives)
        };
        case().beside_success().assert_kept(&RULE);
        case().beside_refusal().assert_undecided(&RULE);
    }

    #[test]
    fn ending_either_session_or_redirecting_breaks_it() {
        with_bobs_hint().ends_at(OUT).assert_violated(&RULE);
        with_bobs_hint()
            .gets(error())
            .at_rest(Session::Ended)
            .assert_violated(&RULE);
        let victim = with_bobs_hint()
            .gets_refused()
            .other_browser(Session::Ended);
        victim.assert_violated(&RULE);
    }

    #[test]
    fn so_does_a_made_hint_about_another_user() {
        let text = token(r#"{"aud":"a","sub":"sub-of-bob"}"#);
        let case = alice().signs_off_with(&text, Provenance::SignedNotIssued);
        case.ends_at(OUT).assert_violated(&RULE);
    }

    #[test]
    fn a_dropped_cookie_is_no_ended_session() {
        let mut refusal = error();
        refusal
            .headers
            .push(("Set-Cookie".to_owned(), EXPIRED.into()));
        let case = with_bobs_hint().gets(refusal);
        let case = case.at_rest(Session::CookieDropped).beside_success();
        case.assert_undecided(&RULE);
    }

    #[test]
    fn a_question_decides_nothing() {
        with_bobs_hint()
            .gets(asks())
            .beside_success()
            .assert_undecided(&RULE);
    }

    #[test]
    fn the_users_own_hint_and_no_session_are_not_its_business() {
        alice()
            .signs_off(&[OWN_HINT, TARGET])
            .assert_not_mine(&RULE);
        let earlier = alice().sign_in("alice", "a", 0, 1);
        earlier
            .signs_off(&[OWN_HINT, TARGET])
            .ends_at(OUT)
            .assert_not_mine(&RULE);
        with_bobs_hint()
            .before(Session::Ended)
            .assert_not_mine(&RULE);
    }
}

//! Refresh tokens that were issued without `offline_access` are revoked when their session is logged out.
//!
//! # Why it matters
//! Whoever holds such a token stays in business after the person has left: the token endpoint goes on
//! handing out access tokens (E-01, E-02, E-04), also to another tab of the same application (E-05).
//!
//! # What does not count
//! Tokens issued with `offline_access`, which are meant to live on. Tokens of another session. A token that
//! did not work before, and one that cannot be told: only `invalid_grant` means refused. A sign-off that
//! did not end the session: other rules speak of that.
//!
//! # How to fix
//! Tie each refresh token to the session it was issued in, and refuse it once that session has ended.

use super::ACTIONS;
use crate::record::{Offline, Witness};
use crate::rule::{Judge, Rule};
use crate::ruling::Ruling;
use crate::sign_off::SignOff;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "BCL-2.7-04",
    name: "session-refresh-tokens-revoked",
    level: Level::Should,
    source: ACTIONS,
    title: "refresh tokens without offline_access end with their session",
    file: include_str!("session_refresh_tokens_revoked.rs"),
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let tokens = s.tokens(Witness::Refresh, Offline::No)?;
    s.must(
        tokens.ended,
        s.shown(&tokens.worked),
        "invalid_grant for a refresh token of the session that is over",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::record::{Answered, Life, Offline, Witness};
    use crate::testing::{Case, OUT, OWN, Session, TARGET, asks, redirect, signed_off};
    use crate::tokens::fixture::{alive, ended, signed_in, unknown};

    const WITNESS: Witness = Witness::Refresh(0);

    #[test]
    fn a_token_that_is_refused_afterwards_keeps_it() {
        ended(WITNESS, Offline::No, alive(), Life::Ended).assert_kept(&RULE);
        signed_in(Offline::No)
            .get(&[OWN, TARGET])
            .gets(asks())
            .says(Answered::Yes, redirect(303, OUT), Session::Ended)
            .token(WITNESS, alive(), Life::Ended)
            .assert_kept(&RULE);
    }

    #[test]
    fn a_token_that_still_works_breaks_it() {
        ended(WITNESS, Offline::No, alive(), alive()).assert_violated(&RULE);
    }

    #[test]
    fn a_token_that_never_worked_or_cannot_be_told_proves_nothing() {
        ended(WITNESS, Offline::No, Life::Ended, Life::Ended).assert_undecided(&RULE);
        ended(WITNESS, Offline::No, unknown(), Life::Ended).assert_undecided(&RULE);
        ended(WITNESS, Offline::No, alive(), unknown()).assert_undecided(&RULE);
    }

    #[test]
    fn offline_tokens_and_sessions_that_live_on_are_not_its_business() {
        ended(WITNESS, Offline::Granted, alive(), alive()).assert_not_mine(&RULE);
        ended(WITNESS, Offline::Unclear, alive(), alive()).assert_not_mine(&RULE);
        Case::new().get(&[OWN, TARGET]).assert_not_mine(&RULE);
        signed_in(Offline::No)
            .get(&[OWN, TARGET])
            .gets(asks())
            .says(Answered::No, signed_off(), Session::Lives)
            .token(WITNESS, alive(), alive())
            .assert_not_mine(&RULE);
    }
}

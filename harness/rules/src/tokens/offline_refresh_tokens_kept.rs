//! Refresh tokens that were issued with `offline_access` are not revoked when a session is logged out.
//!
//! # Why it matters
//! The person agreed that the application may act while nobody is signed in (Core 1.0 section 11). An
//! ordinary sign-off that took such tokens away broke every job that runs at night (E-07), also those of
//! other applications (E-08).
//!
//! # What does not count
//! Tokens issued without `offline_access`. Tokens where the answer leaves open what was granted. A token
//! that did not work before, and one that cannot be told.
//!
//! # How to fix
//! End with a session only what was issued for it; keep what was granted for offline use until it expires
//! or somebody revokes it.

use super::ACTIONS;
use crate::record::{Offline, Witness};
use crate::rule::{Judge, Rule};
use crate::ruling::Ruling;
use crate::sign_off::SignOff;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "BCL-2.7-05",
    name: "offline-refresh-tokens-kept",
    level: Level::ShouldNot,
    source: ACTIONS,
    title: "refresh tokens with offline_access outlive the session",
    file: include_str!("offline_refresh_tokens_kept.rs"),
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let tokens = s.tokens(Witness::Refresh, Offline::Granted)?;
    // A token that was refused before as well was not ended by this sign-off.
    s.shown(&tokens.worked)?;
    s.must_not(
        tokens.some_ended.clone(),
        s.shown(&tokens.some_ended.inverted()),
        "new tokens for a refresh token with offline_access",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::record::{Answered, Life, Offline, Witness};
    use crate::testing::{OUT, OWN, Session, TARGET, asks, redirect, signed_off};
    use crate::tokens::fixture::{alive, ended, signed_in, unknown};

    const WITNESS: Witness = Witness::Refresh(0);

    #[test]
    fn a_token_that_still_works_keeps_it() {
        ended(WITNESS, Offline::Granted, alive(), alive()).assert_kept(&RULE);
    }

    #[test]
    fn a_token_that_is_refused_afterwards_breaks_it() {
        ended(WITNESS, Offline::Granted, alive(), Life::Ended).assert_violated(&RULE);
        signed_in(Offline::Granted)
            .get(&[OWN, TARGET])
            .gets(asks())
            .says(Answered::Yes, redirect(303, OUT), Session::Ended)
            .token(WITNESS, alive(), Life::Ended)
            .assert_violated(&RULE);
    }

    #[test]
    fn a_token_that_never_worked_or_cannot_be_told_proves_nothing() {
        ended(WITNESS, Offline::Granted, Life::Ended, Life::Ended).assert_undecided(&RULE);
        ended(WITNESS, Offline::Granted, unknown(), Life::Ended).assert_undecided(&RULE);
        ended(WITNESS, Offline::Granted, alive(), unknown()).assert_undecided(&RULE);
    }

    #[test]
    fn other_tokens_and_sessions_that_live_on_are_not_its_business() {
        ended(WITNESS, Offline::No, alive(), Life::Ended).assert_not_mine(&RULE);
        ended(WITNESS, Offline::Unclear, alive(), Life::Ended).assert_not_mine(&RULE);
        signed_in(Offline::Granted)
            .get(&[OWN, TARGET])
            .gets(asks())
            .says(Answered::No, signed_off(), Session::Lives)
            .token(WITNESS, alive(), alive())
            .assert_not_mine(&RULE);
    }
}

//! `UserInfo` no longer answers an access token whose session is over.
//!
//! # Why it matters
//! No text of OpenID Connect says what becomes of access tokens at a sign-off. OWASP ASVS 5.0 (7.4.1) asks
//! that a session that was terminated be of no further use, also where tokens carry their own contents; products
//! went on to answer them (E-02, E-04).
//!
//! # What does not count
//! Tokens issued with `offline_access`. Resource servers other than `UserInfo`, which may have no way to
//! know. A token that did not work before, and one that cannot be told: only 401 means refused.
//!
//! # How to fix
//! Let `UserInfo` look up the session of the token, or keep a list of sessions that ended until the last of their
//! tokens has expired.

use crate::record::{Offline, Witness};
use crate::rule::{Judge, Rule};
use crate::ruling::Ruling;
use crate::sign_off::SignOff;
use signoff_oidc::Level;
use signoff_oidc::spec::{Document, Reference};

pub(super) const RULE: Rule = Rule {
    id: "CSS-30",
    name: "access-token-ends-with-session",
    level: Level::Indicative,
    source: Reference {
        document: Document::CommonSense,
        section: "",
    },
    title: "UserInfo refuses an access token of a session that is over",
    file: include_str!("access_token_ends_with_session.rs"),
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let tokens = s.tokens(Witness::UserInfo, Offline::No)?;
    s.must(
        tokens.ended,
        s.shown(&tokens.worked),
        "401 for an access token of the session that is over",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::record::{Answered, Life, Offline, Witness};
    use crate::testing::{OUT, OWN, Session, TARGET, asks, redirect, signed_off};
    use crate::tokens::fixture::{alive, ended, signed_in, unknown};

    const WITNESS: Witness = Witness::UserInfo(0);

    #[test]
    fn a_token_that_is_refused_afterwards_keeps_it() {
        ended(WITNESS, Offline::No, alive(), Life::Ended).assert_kept(&RULE);
    }

    #[test]
    fn a_token_that_still_works_breaks_it() {
        ended(WITNESS, Offline::No, alive(), alive()).assert_violated(&RULE);
        signed_in(Offline::No)
            .get(&[OWN, TARGET])
            .gets(asks())
            .says(Answered::Yes, redirect(303, OUT), Session::Ended)
            .token(WITNESS, alive(), alive())
            .assert_violated(&RULE);
    }

    #[test]
    fn a_token_that_never_worked_or_cannot_be_told_proves_nothing() {
        ended(WITNESS, Offline::No, Life::Ended, Life::Ended).assert_undecided(&RULE);
        ended(WITNESS, Offline::No, alive(), unknown()).assert_undecided(&RULE);
    }

    #[test]
    fn offline_tokens_and_sessions_that_live_on_are_not_its_business() {
        ended(WITNESS, Offline::Granted, alive(), alive()).assert_not_mine(&RULE);
        signed_in(Offline::No)
            .get(&[OWN, TARGET])
            .gets(asks())
            .says(Answered::No, signed_off(), Session::Lives)
            .token(WITNESS, alive(), alive())
            .assert_not_mine(&RULE);
    }
}

//! With a `token_type_hint` that is wrong the token is found and revoked all the same.
//!
//! # Why it matters
//! A server that looks only where the hint points answers 200 and revokes nothing, and nobody notices: the token lives on
//! (E-01 to E-06 are what that looks like).
//!
//! # What does not count
//! A server where a client cannot revoke its refresh token at all: REV-2-01 says so.
//!
//! # How to fix
//! Look among the tokens of the other types, too, before answering.

use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::Ruling;
use crate::trials::{RevocationKind, Trial, Trials, must};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "REV-2.1-03",
    name: "wrong-type-hint-searched-on",
    level: Level::Must,
    source: section("2.1"),
    title: "with a wrong token_type_hint the token is found all the same",
    file: include_str!("wrong_type_hint_searched_on.rs"),
    judge: Judge::Trial(Trial::Revocation, judge),
    ..Rule::BLANK
};

fn judge(trials: &Trials) -> Ruling {
    trials.revocation_works()?;
    let hinted = trials.revocation(RevocationKind::RefreshHintedAccess)?;
    must(hinted.refresh_ended()?, "a refresh token that is refused")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::tried::{lives, revocation, revocations};
    use crate::trials::RevocationKind::{Refresh, RefreshHintedAccess};
    use crate::trials::Trials;

    #[test]
    fn what_became_of_the_token_decides_beside_a_revocation_that_works() {
        let works = || revocation(Refresh, 200, lives(false, false));
        let over = revocation(RefreshHintedAccess, 200, lives(false, false));
        revocations(vec![works(), over]).assert_kept(&RULE);
        let alive = revocation(RefreshHintedAccess, 200, lives(true, true));
        revocations(vec![works(), alive]).assert_violated(&RULE);
    }

    #[test]
    fn where_nothing_can_be_revoked_it_is_open() {
        let broken = revocation(Refresh, 200, lives(true, true));
        let alive = revocation(RefreshHintedAccess, 200, lives(true, true));
        revocations(vec![broken, alive]).assert_undecided(&RULE);
        Trials::default().assert_not_mine(&RULE);
    }
}

//! A client can revoke its refresh token: afterwards it is refused.
//!
//! # Why it matters
//! A sign-off at the RP often ends with a revocation, and not with a visit to the OP. Tokens that outlive what was to end them
//! are a class of defects of their own (E-01 to E-06).
//!
//! # What does not count
//! Servers without a `revocation_endpoint`, or that issue no refresh tokens. A client that is turned away leaves the question
//! open.
//!
//! # How to fix
//! Delete the token, and refuse the next refresh grant with `invalid_grant`.

use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::Ruling;
use crate::trials::{RevocationKind, Trial, Trials, must};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "REV-2-01",
    name: "refresh-tokens-revocable",
    level: Level::Must,
    source: section("2"),
    title: "refresh tokens can be revoked",
    file: include_str!("refresh_tokens_revocable.rs"),
    judge: Judge::Trial(Trial::Revocation, judge),
    ..Rule::BLANK
};

fn judge(trials: &Trials) -> Ruling {
    let own = trials.revocation(RevocationKind::Refresh)?;
    must(own.refresh_ended()?, "a refresh token that is refused")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::tried::{lives, revocation, revocations};
    use crate::trials::RevocationKind::Refresh;
    use crate::trials::Trials;

    #[test]
    fn a_token_that_is_refused_keeps_it_and_one_that_works_breaks_it() {
        let over = revocation(Refresh, 200, lives(false, false));
        revocations(vec![over]).assert_kept(&RULE);
        let alive = revocation(Refresh, 200, lives(true, true));
        revocations(vec![alive]).assert_violated(&RULE);
        let unsupported = revocation(Refresh, 400, lives(true, true));
        revocations(vec![unsupported]).assert_violated(&RULE);
    }

    #[test]
    fn a_token_that_never_worked_or_a_client_that_is_turned_away_tells_nothing() {
        let mut dead = revocation(Refresh, 200, lives(false, false));
        dead.before = lives(false, true);
        revocations(vec![dead]).assert_undecided(&RULE);
        for status in [401, 403, 429, 500, 503] {
            let turned_away = revocation(Refresh, status, lives(true, true));
            revocations(vec![turned_away]).assert_undecided(&RULE);
        }
    }

    #[test]
    fn without_the_endpoint_it_is_not_its_business() {
        Trials::default().assert_not_mine(&RULE);
    }
}

//! A text that is no token is answered with 200, like a token.
//!
//! # Why it matters
//! The client can do nothing about it, and what it wanted is so: the token does not work. A server that tells the two apart
//! tells strangers which tokens there are, and breaks the second of two sign-offs (F-07, T-01 are its like).
//!
//! # What does not count
//! Requests that lack a token or authentication. A server that is busy or down. Servers where a client cannot revoke its
//! refresh token: REV-2-01 says so.
//!
//! # How to fix
//! Answer 200 whether the token was found or not.

use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen};
use crate::trials::{RevocationKind, Trial, Trials, must};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "REV-2.2-01",
    name: "unknown-token-is-no-error",
    level: Level::Indicative,
    source: section("2.2"),
    title: "an invalid token is answered with 200 like a valid one",
    file: include_str!("unknown_token_is_no_error.rs"),
    judge: Judge::Trial(Trial::Revocation, judge),
    ..Rule::BLANK
};

fn judge(trials: &Trials) -> Ruling {
    trials.revocation_works()?;
    let unknown = trials.revocation(RevocationKind::Unknown)?;
    let what = unknown.describe();
    let seen = match unknown.status() {
        Some(200) => Seen::Yes(what),
        None | Some(429 | 503) => Seen::Unknown(what),
        Some(_) => Seen::No(what),
    };
    must(seen, "status 200")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::tried::{lives, revocation, revocations};
    use crate::trials::RevocationKind::{Refresh, Unknown};
    use crate::trials::Trials;

    fn answered(status: u16) -> Trials {
        let works = revocation(Refresh, 200, lives(false, false));
        revocations(vec![works, revocation(Unknown, status, None)])
    }

    #[test]
    fn the_status_decides() {
        answered(200).assert_kept(&RULE);
        for status in [400, 401, 404, 500] {
            answered(status).assert_violated(&RULE);
        }
        answered(503).assert_undecided(&RULE);
    }

    #[test]
    fn where_nothing_can_be_revoked_it_is_open() {
        let broken = revocation(Refresh, 401, lives(true, true));
        revocations(vec![broken, revocation(Unknown, 401, None)]).assert_undecided(&RULE);
        Trials::default().assert_not_mine(&RULE);
    }
}

//! A client can revoke its access token: afterwards `UserInfo` refuses it.
//!
//! # Why it matters
//! An access token that was revoked and still opens the API is what people take for signed off (E-02, E-09).
//!
//! # What does not count
//! Servers without a `revocation_endpoint` or without `UserInfo`. Products that document that their own access tokens cannot be
//! revoked. The level is SHOULD.
//!
//! # How to fix
//! Keep a list of revoked tokens until they expire, and ask it where access tokens are accepted.

use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::Ruling;
use crate::trials::{RevocationKind, Trial, Trials, must};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "REV-2-02",
    name: "access-tokens-revocable",
    level: Level::Should,
    source: section("2"),
    title: "access tokens can be revoked",
    file: include_str!("access_tokens_revocable.rs"),
    judge: Judge::Trial(Trial::Revocation, judge),
    ..Rule::BLANK
};

fn judge(trials: &Trials) -> Ruling {
    let own = trials.revocation(RevocationKind::Access)?;
    must(own.access_ended()?, "an access token that is refused")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::tried::{lives, revocation, revocations};
    use crate::trials::RevocationKind::Access;
    use crate::trials::Trials;

    #[test]
    fn a_token_that_is_refused_keeps_it_and_one_that_works_breaks_it() {
        let over = revocation(Access, 200, lives(true, false));
        revocations(vec![over]).assert_kept(&RULE);
        let alive = revocation(Access, 200, lives(true, true));
        revocations(vec![alive]).assert_violated(&RULE);
    }

    #[test]
    fn without_user_info_it_is_not_its_business() {
        let mut blind = revocation(Access, 200, None);
        blind.before = blind.before.map(|lives| crate::trials::Lives {
            user_info: None,
            ..lives
        });
        revocations(vec![blind]).assert_not_mine(&RULE);
        Trials::default().assert_not_mine(&RULE);
    }

    #[test]
    fn a_server_that_is_down_tells_nothing() {
        revocations(vec![revocation(Access, 503, lives(true, true))]).assert_undecided(&RULE);
    }
}

//! With a refresh token go the access tokens of its grant, where access tokens can be revoked.
//!
//! # Why it matters
//! An application that signs somebody off has the refresh token at hand and not every access token that came of it; those
//! remain good until they expire (E-02, E-09).
//!
//! # What does not count
//! Servers that cannot revoke access tokens: REV-2-02 says so. Servers without `UserInfo` to try them at. The level is SHOULD.
//!
//! # How to fix
//! Revoke by the grant and not by the token.

use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Stop};
use crate::trials::{RevocationKind, Trial, Trials, must};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "REV-2.1-07",
    name: "grant-follows-refresh-token",
    level: Level::Should,
    source: section("2.1"),
    title: "with a refresh token the access tokens of the grant are revoked",
    file: include_str!("grant_follows_refresh_token.rs"),
    judge: Judge::Trial(Trial::Revocation, judge),
    ..Rule::BLANK
};

fn judge(trials: &Trials) -> Ruling {
    let access = trials.revocation(RevocationKind::Access)?;
    if access.access_ended()?.is_no() {
        return Err(Stop::NotMine(
            "access tokens cannot be revoked here".to_owned(),
        ));
    }
    trials.revocation_works()?;
    let own = trials.revocation(RevocationKind::Refresh)?;
    must(own.access_ended()?, "an access token that is refused, too")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::tried::{lives, revocation, revocations};
    use crate::trials::RevocationKind::{Access, Refresh};
    use crate::trials::Trials;

    #[test]
    fn the_access_token_decides() {
        let access = || revocation(Access, 200, lives(true, false));
        let both = revocation(Refresh, 200, lives(false, false));
        revocations(vec![both, access()]).assert_kept(&RULE);
        let one = revocation(Refresh, 200, lives(false, true));
        revocations(vec![one, access()]).assert_violated(&RULE);
    }

    #[test]
    fn where_access_tokens_cannot_be_revoked_it_is_not_its_business() {
        let one = revocation(Refresh, 200, lives(false, true));
        let access = revocation(Access, 200, lives(true, true));
        revocations(vec![one, access]).assert_not_mine(&RULE);
        Trials::default().assert_not_mine(&RULE);
    }

    #[test]
    fn where_refresh_tokens_cannot_it_is_open() {
        let none = revocation(Refresh, 200, lives(true, true));
        let access = revocation(Access, 200, lives(true, false));
        revocations(vec![none, access]).assert_undecided(&RULE);
    }
}

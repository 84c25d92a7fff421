//! Nobody revokes a token but the client that it was issued to, once it has shown that it is that client.
//!
//! # Why it matters
//! Otherwise whoever sees a token in a log ends people's work at another application: a sign-off that nobody asked for (C-01,
//! C-03 are its like at the logout endpoint).
//!
//! # What does not count
//! How the server answers: that the token lives on is what counts. Public clients, which have no secret to be wrong. Targets
//! with neither a second client nor a secret.
//!
//! # How to fix
//! Authenticate the client as at the token endpoint, and compare it with the one that the token was issued to.

use super::section;
use crate::record::Life;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, Stop};
use crate::trials::{Revocation, RevocationKind, Trial, Trials, must};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "REV-2.1-05",
    name: "only-own-tokens-revoked",
    level: Level::Must,
    source: section("2.1"),
    title: "a client is authenticated and revokes only tokens of its own",
    file: include_str!("only_own_tokens_revoked.rs"),
    judge: Judge::Trial(Trial::Revocation, judge),
    ..Rule::BLANK
};

fn judge(trials: &Trials) -> Ruling {
    let tried: Vec<(&Revocation, &str)> = [
        (RevocationKind::ByOtherClient, "another client asked"),
        (RevocationKind::WithWrongSecret, "the secret was wrong"),
    ]
    .into_iter()
    .filter_map(|(kind, how)| Some((trials.revocation(kind).ok()?, how)))
    .collect();
    let survived = tried.iter().map(|(revocation, how)| {
        let (before, after) = (revocation.before.as_ref(), revocation.after.as_ref());
        survived(before.map(|l| &l.refresh), after.map(|l| &l.refresh), how)
    });
    let seen = survived.reduce(Seen::and);
    trials.revocation(RevocationKind::Refresh)?;
    let nobody = || Stop::NotMine("it takes a second client, or a client with a secret".to_owned());
    let seen = seen.ok_or_else(nobody)?;
    if !seen.is_no() {
        trials.revocation_works()?;
    }
    must(seen, EXPECTED)
}

const EXPECTED: &str = "a refresh token that still works";

fn survived(before: Option<&Life>, after: Option<&Life>, how: &str) -> Seen {
    match (before, after) {
        (Some(Life::Alive(_)), Some(Life::Alive(_))) => {
            Seen::Yes(format!("it works although {how}"))
        }
        (Some(Life::Alive(_)), Some(Life::Ended)) => {
            Seen::No(format!("{how}, and the refresh token is refused since"))
        }
        (Some(Life::Alive(_)), Some(Life::Unknown(why))) => Seen::Unknown(why.clone()),
        _ => Seen::Unknown("the refresh token did not work before".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::record::Life;
    use crate::ruling::Stop;
    use crate::testing::tried::{lives, revocation, revocations};
    use crate::trials::RevocationKind::{ByOtherClient, Refresh, WithWrongSecret};
    use crate::trials::{Revocation, Trials};

    fn works() -> Revocation {
        revocation(Refresh, 200, lives(false, false))
    }

    #[test]
    fn a_token_that_outlives_strangers_keeps_it_however_they_are_answered() {
        for status in [200, 400, 401] {
            let stranger = revocation(ByOtherClient, status, lives(true, true));
            let wrong = revocation(WithWrongSecret, 401, lives(true, true));
            revocations(vec![works(), stranger, wrong]).assert_kept(&RULE);
        }
    }

    #[test]
    fn a_token_that_dies_by_another_hand_breaks_it() {
        for kind in [ByOtherClient, WithWrongSecret] {
            let dead = revocation(kind, 200, lives(false, false));
            revocations(vec![works(), dead]).assert_violated(&RULE);
        }
    }

    #[test]
    fn where_nothing_can_be_revoked_survival_proves_nothing() {
        let broken = revocation(Refresh, 200, lives(true, true));
        let stranger = revocation(ByOtherClient, 200, lives(true, true));
        revocations(vec![broken, stranger]).assert_undecided(&RULE);
    }

    #[test]
    fn a_token_that_could_not_be_tried_afterwards_tells_nothing() {
        let down = "the token endpoint is down";
        let mut after = lives(true, true);
        if let Some(lives) = &mut after {
            lives.refresh = Life::Unknown(down.to_owned());
        }
        let trials = revocations(vec![works(), revocation(ByOtherClient, 200, after)]);
        assert_eq!(trials.judge(&RULE), Err(Stop::Undecided(down.to_owned())));
    }

    #[test]
    fn without_a_stranger_it_is_not_its_business() {
        revocations(vec![works()]).assert_not_mine(&RULE);
        Trials::default().assert_not_mine(&RULE);
    }
}

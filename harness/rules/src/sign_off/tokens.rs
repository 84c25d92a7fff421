//! What became of the tokens of the session that was signed off.

use super::SignOff;
use super::sessions::life;
use crate::record::{CookiesSent, Life, Offline, SignedIn, Witness};
use crate::ruling::{Seen, Stop, only_if, only_if_seen};

/// Tokens of one kind, of the session that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tokens {
    /// Whether all that were tried worked before: what ends later has to have been alive.
    pub worked: Seen,
    /// Whether all of them have ended.
    pub ended: Seen,
    /// Whether one of them has ended.
    pub some_ended: Seen,
}

impl SignOff<'_> {
    /// Looks at the tokens of the session that this sign-off ended. Ends the ruling unless that session is
    /// really over and such a token was tried.
    ///
    /// `witness` makes the witness from the number of a sign-in: [`Witness::Refresh`] or
    /// [`Witness::UserInfo`].
    pub fn tokens(&self, witness: fn(usize) -> Witness, offline: Offline) -> Result<Tokens, Stop> {
        let attempt = self.attempt();
        only_if(
            attempt.cookies == CookiesSent::Current,
            "the browser's own cookies did not go with the request",
        )?;
        only_if_seen(&self.session_alive(), "no session was alive before")?;
        let current = self.last_sign_in().map(|last| last.session);
        let of_session = |sign_in: &SignedIn| {
            sign_in.browser == attempt.browser
                && Some(sign_in.session) == current
                && sign_in.seq < attempt.seq
                && sign_in.offline == offline
        };
        let tried: Vec<(Option<Life>, Option<Life>)> = self
            .ledger()
            .sign_ins
            .iter()
            .enumerate()
            .filter(|(_, sign_in)| of_session(sign_in))
            .map(|(number, _)| witness(number))
            .map(|witness| {
                (
                    life(&attempt.before, witness),
                    life(self.last_probes(), witness),
                )
            })
            .filter(|(before, _)| before.is_some())
            .collect();
        only_if(!tried.is_empty(), "no such token of this session was tried")?;
        only_if_seen(&self.really_over(), "the session is not over")?;
        let after = |seen: fn(Option<&Life>) -> Seen| {
            tried.iter().map(move |(_, life)| seen(life.as_ref()))
        };
        Ok(Tokens {
            worked: all(tried.iter().map(|(before, _)| works(before.as_ref()))),
            ended: all(after(has_ended)),
            some_ended: all(after(works)).inverted(),
        })
    }
}

fn all(seen: impl Iterator<Item = Seen>) -> Seen {
    seen.fold(Seen::Yes(String::new()), Seen::and)
}

fn works(life: Option<&Life>) -> Seen {
    has_ended(life).inverted()
}

fn has_ended(life: Option<&Life>) -> Seen {
    match life {
        Some(Life::Ended) => Seen::Yes("the token was refused".to_owned()),
        Some(Life::Alive(_)) => Seen::No("the token works".to_owned()),
        Some(Life::Unknown(why)) => Seen::Unknown(why.clone()),
        None => Seen::Unknown("nobody tried the token".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Case, OUT, OWN, Session, TARGET, redirect};

    fn alive() -> Life {
        Life::Alive(None)
    }

    fn ended() -> Case {
        Case::new()
            .with_refresh_token(Offline::No)
            .get(&[OWN, TARGET])
            .gets(redirect(303, OUT))
            .at_rest(Session::Ended)
    }

    #[test]
    fn a_token_of_another_session_or_kind_is_not_looked_at() {
        let other_kind = ended().token(Witness::Refresh(0), alive(), Life::Ended);
        let seen = other_kind
            .sign_off()
            .tokens(Witness::Refresh, Offline::Granted);
        assert!(matches!(seen, Err(Stop::NotMine(_))));
        let seen = other_kind.sign_off().tokens(Witness::UserInfo, Offline::No);
        assert!(matches!(seen, Err(Stop::NotMine(_))));
        let other_session = Case::new()
            .with_refresh_token(Offline::No)
            .sign_in("alice", "a", 0, 1)
            .get(&[OWN, TARGET])
            .at_rest(Session::Ended)
            .token(Witness::Refresh(0), alive(), Life::Ended);
        let seen = other_session
            .sign_off()
            .tokens(Witness::Refresh, Offline::No);
        assert!(matches!(seen, Err(Stop::NotMine(_))));
    }

    #[test]
    fn one_of_several_tokens_is_enough_for_some_and_not_for_all() {
        let two = Case::new()
            .with_refresh_token(Offline::No)
            .sign_in("alice", "b", 0, 0)
            .with_refresh_token(Offline::No)
            .get(&[OWN, TARGET])
            .gets(redirect(303, OUT))
            .at_rest(Session::Ended)
            .token(Witness::Refresh(0), alive(), Life::Ended)
            .token(Witness::Refresh(1), alive(), alive());
        let seen = two
            .sign_off()
            .tokens(Witness::Refresh, Offline::No)
            .expect("looked at");
        assert!(seen.worked.is_yes() && seen.ended.is_no() && seen.some_ended.is_yes());
    }

    #[test]
    fn a_session_that_lives_on_keeps_its_tokens() {
        let lives = Case::new()
            .with_refresh_token(Offline::No)
            .get(&[OWN, TARGET])
            .token(Witness::Refresh(0), alive(), alive());
        let seen = lives.sign_off().tokens(Witness::Refresh, Offline::No);
        assert!(matches!(seen, Err(Stop::NotMine(_))));
    }
}

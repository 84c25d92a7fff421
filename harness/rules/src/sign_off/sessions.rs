//! What became of the sessions, by the probes that looked at them.

use super::SignOff;
use crate::record::{CookiesSent, Life, Probe, Witness};
use crate::ruling::Seen;
use signoff_oidc::cookies::SetCookie;

impl<'a> SignOff<'a> {
    /// The looks at the sessions at the end of the visit.
    pub(super) fn last_probes(&self) -> &'a [Probe] {
        let last = self.answers().next_back();
        last.map_or(&self.attempt().at_rest, |answer| &answer.after)
    }

    /// The session of this browser at the first rest: has it ended before any answer? A cookie that was
    /// dropped counts, and so does a session that the server forgot.
    pub fn ended_before_answer(&self) -> Seen {
        self.ended(&self.attempt().at_rest, "before any answer")
    }

    /// The session of this browser at the end of the visit.
    pub fn ended_at_last(&self) -> Seen {
        self.ended(self.last_probes(), "at the end")
    }

    fn ended(&self, probes: &[Probe], when: &str) -> Seen {
        let jar = self.jar_ended(probes);
        let seen = if self.is_about_saved_cookies() {
            self.saved_cookies(probes)
        } else if self.saved_cookies_count() {
            jar.or(self.saved_cookies(probes))
        } else {
            jar
        };
        match seen {
            Seen::Yes(_) => Seen::Yes(format!("the session had ended {when}")),
            Seen::No(_) => Seen::No(format!("the session was alive {when}")),
            unknown @ Seen::Unknown(_) => unknown,
        }
    }

    /// Whether the session that the browser held has ended. Where somebody else signed in there before and was never
    /// signed off, an IdP that keeps several accounts goes back to theirs; whose session lives then shows by the subject
    /// alone.
    fn jar_ended(&self, probes: &[Probe]) -> Seen {
        let browser = self.attempt().browser;
        let own = Witness::Jar(browser);
        let back_to = |sub: Option<&String>| match (sub, self.last_sign_in()) {
            (Some(sub), Some(last)) => last.sub.as_ref() != Some(sub),
            _ => true,
        };
        match life(probes, own) {
            Some(Life::Alive(sub)) if self.has_another_account() && back_to(sub.as_ref()) => {
                Seen::Unknown(
                    "the session may be that of another account of this browser".to_owned(),
                )
            }
            _ => ended_by(probes, own),
        }
    }

    /// True when somebody else signed in in this browser before, and nobody signed off there since.
    fn has_another_account(&self) -> bool {
        let attempt = self.attempt();
        let Some(last) = self.last_sign_in() else {
            return false;
        };
        // A hint of the other person is not about the session that the browser uses.
        if self
            .genuine_hint()
            .is_some_and(|hint| hint.user != last.user)
        {
            return false;
        }
        let since = self.record.attempts[..self.index]
            .iter()
            .filter(|earlier| earlier.browser == attempt.browser)
            .map(|earlier| earlier.seq)
            .max();
        self.record.ledger.sign_ins.iter().any(|held| {
            held.browser == attempt.browser
                && held.user != last.user
                && held.seq < last.seq
                && since.is_none_or(|since| held.seq > since)
        })
    }

    /// True when the cookies from before the first sign-off stand for the session of this one. In a later
    /// sign-off of the case they may belong to a session that was over already.
    fn saved_cookies_count(&self) -> bool {
        let attempt = self.attempt();
        match life(&attempt.before, Witness::SavedCookies(attempt.browser)) {
            // They are put aside at the first sign-off, so before it the jar itself was looked at.
            None => true,
            Some(life) => matches!(life, Life::Alive(_)),
        }
    }

    /// True when the request carried the cookies from before the first sign-off, and their session was alive. Whatever the
    /// jar holds is then another session.
    fn is_about_saved_cookies(&self) -> bool {
        let attempt = self.attempt();
        let witness = Witness::SavedCookies(attempt.browser);
        attempt.cookies == CookiesSent::Saved
            && matches!(life(&attempt.before, witness), Some(Life::Alive(_)))
    }

    fn saved_cookies(&self, probes: &[Probe]) -> Seen {
        if self.saved_cookies_count() {
            ended_by(probes, Witness::SavedCookies(self.attempt().browser))
        } else {
            Seen::Unknown("no cookies of this session were put aside".to_owned())
        }
    }

    /// Whether the session is really over at the end: for the jar, and for the cookies as they were before.
    pub fn really_over(&self) -> Seen {
        let probes = self.last_probes();
        let jar = self.jar_ended(probes);
        let saved = self.saved_cookies(probes);
        if self.is_about_saved_cookies() {
            return saved;
        }
        match (&jar, &saved) {
            (Seen::Yes(_), Seen::No(_)) => {
                Seen::No("the cookies from before the sign-off still work".to_owned())
            }
            (Seen::No(_), _) => Seen::No("prompt=none still signs in".to_owned()),
            _ => jar.and(saved),
        }
    }

    /// True when a sign-in of this browser set a cookie of this name.
    pub fn was_given_cookie(&self, name: &str) -> bool {
        let attempt = self.attempt();
        let sign_ins = self.record.ledger.sign_ins.iter();
        sign_ins
            .filter(|held| held.browser == attempt.browser && held.seq < attempt.seq)
            .flat_map(|held| &held.exchanges)
            .filter_map(|exchange| exchange.answer.as_ref().ok())
            .flat_map(|response| response.all("Set-Cookie"))
            .filter_map(|field| SetCookie::parse(&field))
            .any(|cookie| cookie.name == name && !cookie.value.is_empty())
    }

    /// Whether the browser itself is signed off at the end, whatever the server remembers.
    pub fn browser_signed_off(&self) -> Seen {
        self.jar_ended(self.last_probes())
    }

    /// Whether the session of another browser ended, by the same kinds of probes. `Unknown` when it was not
    /// seen alive before.
    pub fn other_browsers_ended(&self) -> Seen {
        let attempt = self.attempt();
        let last = self.last_probes();
        let others = attempt.before.iter().filter(|probe| {
            matches!(probe.witness, Witness::Jar(b) if b != attempt.browser)
                && matches!(probe.life, Life::Alive(_))
        });
        let mut seen = Seen::Unknown("no other browser was signed in".to_owned());
        for other in others {
            let now = ended_by(last, other.witness);
            seen = match (seen, now) {
                (_, Seen::Yes(_)) => {
                    return Seen::Yes("the session of another browser ended".to_owned());
                }
                (_, Seen::Unknown(why)) => Seen::Unknown(why),
                (_, Seen::No(_)) => Seen::No("the other browser's session lives".to_owned()),
            };
        }
        seen
    }
}

pub(super) fn life(probes: &[Probe], witness: Witness) -> Option<Life> {
    probes
        .iter()
        .find(|probe| probe.witness == witness)
        .map(|probe| probe.life.clone())
}

fn ended_by(probes: &[Probe], witness: Witness) -> Seen {
    match life(probes, witness) {
        Some(Life::Ended) => Seen::Yes("ended".to_owned()),
        Some(Life::Alive(_)) => Seen::No("alive".to_owned()),
        Some(Life::Unknown(why)) => Seen::Unknown(why),
        None => Seen::Unknown("nobody looked at the session".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Case, HINT, Session, blank, with_header};

    #[test]
    fn a_request_with_cookies_from_before_is_about_their_session() {
        let case = || {
            let case = Case::new().get(&[]).with_cookies(CookiesSent::Saved);
            let mut case = case.at_rest(Session::CookieDropped);
            case.record.attempts[0].before[0].life = Life::Ended;
            case
        };
        assert!(case().sign_off().ended_before_answer().is_no());
        assert!(case().sign_off().really_over().is_no());
        let ended = case().at_rest(Session::Ended);
        assert!(ended.sign_off().ended_at_last().is_yes());
        assert!(ended.sign_off().really_over().is_yes());
    }

    #[test]
    fn cookies_of_an_earlier_session_say_nothing_of_this_one() {
        let mut case = Case::new().get(&[("id_token_hint", HINT)]);
        case.record.attempts[0].before[1].life = Life::Ended;
        case.record.attempts[0].at_rest[1].life = Life::Ended;
        assert!(case.sign_off().ended_before_answer().is_no());
        case.record.attempts[0].at_rest[0].life = Life::Ended;
        assert!(case.sign_off().ended_at_last().is_yes());
        assert!(matches!(case.sign_off().really_over(), Seen::Unknown(_)));
    }

    #[test]
    fn another_account_of_the_browser_may_be_the_one_that_lives() {
        let bob_takes_over = || {
            let mut case = Case::new();
            let mut bob = case.record.ledger.sign_ins[0].clone();
            bob.user = "bob".to_owned();
            bob.sub = Some("bob-sub".to_owned());
            bob.id_token = "token-of-bob".to_owned();
            bob.seq += 1;
            case.record.ledger.sign_ins.push(bob);
            let mut case = case.get(&[("id_token_hint", "token-of-bob")]);
            case.record.attempts[0].seq += 10;
            case
        };
        let lives = |sub: Option<&str>| {
            let mut case = bob_takes_over();
            case.record.attempts[0].at_rest[0].life = Life::Alive(sub.map(str::to_owned));
            case.sign_off().browser_signed_off()
        };
        assert!(matches!(lives(None), Seen::Unknown(_)));
        assert!(matches!(lives(Some("alice-sub")), Seen::Unknown(_)));
        assert!(lives(Some("bob-sub")).is_no());
        let ended = bob_takes_over().at_rest(Session::Ended);
        assert!(ended.sign_off().browser_signed_off().is_yes());
    }

    #[test]
    fn an_account_is_another_only_if_somebody_else_was_left_signed_in_in_this_browser() {
        let doubtful = |case: Case| {
            let mut case = case.get(&[]);
            let last = case.record.attempts.last_mut().expect("a sign-off");
            last.at_rest[0].life = Life::Alive(None);
            matches!(case.sign_off().browser_signed_off(), Seen::Unknown(_))
        };
        assert!(doubtful(Case::new().sign_in("bob", "a", 0, 1)));
        assert!(!doubtful(Case::new().sign_in("alice", "b", 0, 0)));
        assert!(!doubtful(Case::new().sign_in("bob", "a", 1, 1)));
        // Alice was signed off before bob came, in this browser and not in another one.
        let signed_off = Case::new().get(&[]).sign_in("bob", "a", 0, 1);
        assert!(!doubtful(signed_off.clone()));
        // Bob was left signed in after that, when Carol came.
        assert!(doubtful(signed_off.clone().sign_in("carol", "a", 0, 2)));
        let mut elsewhere = signed_off;
        elsewhere.record.attempts[0].browser = 1;
        assert!(doubtful(elsewhere));
        // A hint of alice's is not about bob's session, which the browser uses.
        let hinted = Case::new().sign_in("bob", "a", 0, 1);
        let hinted = hinted.get(&[("id_token_hint", HINT)]);
        assert!(hinted.sign_off().browser_signed_off().is_no());
    }

    #[test]
    fn cookies_that_are_still_good_or_a_browser_still_signed_in_mean_that_it_is_not_over() {
        let over = |session| {
            let case = Case::new().get(&[]).at_rest(session);
            case.sign_off().really_over()
        };
        assert_eq!(
            over(Session::Lives),
            Seen::No("prompt=none still signs in".to_owned())
        );
        assert_eq!(
            over(Session::CookieDropped),
            Seen::No("the cookies from before the sign-off still work".to_owned())
        );
        assert!(over(Session::Ended).is_yes());
        assert!(matches!(over(Session::Unclear), Seen::Unknown(_)));
    }

    #[test]
    fn another_browser_counts_when_it_was_seen_signed_in_before() {
        let others = |case: Case| case.sign_off().other_browsers_ended();
        let alone = Case::new().get(&[]).at_rest(Session::Ended);
        assert!(matches!(others(alone.clone()), Seen::Unknown(_)));
        let other = |session| alone.clone().other_browser(session);
        assert!(others(other(Session::Ended)).is_yes());
        assert!(others(other(Session::Lives)).is_no());
        assert!(matches!(others(other(Session::Unclear)), Seen::Unknown(_)));
        let mut ended_before = other(Session::Ended);
        for probe in &mut ended_before.record.attempts[0].before {
            if probe.witness == Witness::Jar(1) {
                probe.life = Life::Ended;
            }
        }
        assert!(matches!(others(ended_before), Seen::Unknown(_)));
    }

    #[test]
    fn a_cookie_that_was_dropped_ends_the_session_of_a_request_with_the_current_ones() {
        let dropped = Case::new().get(&[]).at_rest(Session::CookieDropped);
        assert!(dropped.sign_off().ended_before_answer().is_yes());
    }

    #[test]
    fn a_cookie_was_given_by_a_sign_in_of_this_browser_before_the_request() {
        let given = |browser: usize, seq: Option<u32>| {
            let cookie = with_header(blank(), "Set-Cookie", "ST=1");
            let mut case = Case::new()
                .sign_in("bob", "a", browser, 1)
                .signed_in_by(cookie)
                .get(&[]);
            if let Some(seq) = seq {
                case.record.ledger.sign_ins[1].seq = seq;
            }
            case.sign_off().was_given_cookie("ST")
        };
        assert!(given(0, None));
        assert!(!given(1, None));
        assert!(!given(0, Some(99)));
    }
}

//! What of a sign-off by a logout token, or of a notice, shows in the bytes.

use crate::record::{HandedOut, Life, Witness};
use crate::ruling::{Seen, Stop};
use crate::sign_off::SignOff;
use crate::world::{Behind, Unable};
use serde_json::Value;
use signoff_oidc::Given;

/// Nobody calls a token short-lived that lasts longer, in seconds.
const SHORT_LIVED: i64 = 24 * 60 * 60;

/// A call for a logout token.
pub(super) struct Call {
    /// The profile it names.
    pub(super) profile: Option<String>,
    /// Whether it has the key of a client of this environment.
    pub(super) key_is_good: bool,
}

/// Whose profile it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// Somebody's who signed in in this case.
    SignedIn,
    /// That of a connection that cannot sign anybody off.
    Unable(Unable),
    /// Nobody's of this environment, as far as is known.
    Nobody,
}

/// The token that the browser took along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// Handed out for this sign-off, and as it was.
    Good,
    /// Absent, unknown, changed, of another environment, used before or out of date.
    Bad(&'static str),
}

/// The identity provider behind the product.
pub(super) fn behind<'a>(s: &SignOff<'a>) -> Result<&'a Behind, Stop> {
    let behind = s.world.behind.as_ref();
    behind.ok_or_else(|| Stop::NotMine("there is no identity provider behind it".to_owned()))
}

/// The call that the application's server made.
pub(super) fn call(s: &SignOff<'_>) -> Result<Call, Stop> {
    let exchange = s.attempt().calls.last();
    // A call elsewhere is not answered by the product under test.
    let exchange = exchange.filter(|call| call.request.url().starts_with(&s.world.issuer));
    let exchange =
        exchange.ok_or_else(|| Stop::NotMine("no logout token was asked for".to_owned()))?;
    let body: Value = serde_json::from_slice(&exchange.request.body).unwrap_or(Value::Null);
    let key = exchange.request.header("Authorization").unwrap_or_default();
    let key_is_good = s.world.clients.iter().any(|client| {
        let secret = client.secret.as_deref();
        secret.is_some_and(|secret| key == format!("Bearer {secret}").as_bytes())
    });
    Ok(Call {
        profile: body["profile_id"].as_str().map(str::to_owned),
        key_is_good,
    })
}

impl Call {
    /// Whose profile it names.
    pub(super) fn owner(&self, s: &SignOff<'_>) -> Owner {
        let Some(profile) = &self.profile else {
            return Owner::Nobody;
        };
        let unable = s.world.behind.iter().flat_map(|behind| &behind.unable);
        if let Some((_, why)) = unable.into_iter().find(|(known, _)| known == profile) {
            return Owner::Unable(*why);
        }
        let mut sign_ins = s.record.ledger.sign_ins.iter();
        if sign_ins.any(|signed_in| signed_in.profile.as_ref() == Some(profile)) {
            Owner::SignedIn
        } else {
            Owner::Nobody
        }
    }
}

/// Whether the call was answered with a logout token.
pub(super) fn handed_out(s: &SignOff<'_>) -> Seen {
    let Some(call) = s.attempt().calls.last() else {
        return Seen::Unknown("no logout token was asked for".to_owned());
    };
    match &call.answer {
        Err(why) => Seen::Unknown(format!("the call got no answer: {why}")),
        Ok(answer) if answer.status == 429 || answer.status >= 500 => {
            Seen::Unknown(format!("the call was answered {}", answer.status))
        }
        Ok(answer) => {
            let body: Value = serde_json::from_slice(&answer.body).unwrap_or(Value::Null);
            let token = body["logout_token"]
                .as_str()
                .is_some_and(|token| !token.is_empty());
            let given = if token {
                "a logout token"
            } else {
                "no logout token"
            };
            let good = (200..300).contains(&answer.status) && token;
            Seen::of(good, format!("{} and {given}", answer.status))
        }
    }
}

/// Whether the browser was sent to the product with a logout token, or without one where it should have been.
pub(super) fn visited(s: &SignOff<'_>) -> bool {
    let first = &s.attempt().chain[0];
    first.request.path().ends_with(b"/sso/logout")
        && s.attempt()
            .calls
            .last()
            .is_none_or(|call| call.seq != first.seq)
}

/// The token that the browser took along.
pub(super) fn taken(s: &SignOff<'_>) -> Taken {
    let attempt = s.attempt();
    let token = match attempt.chain[0].request.query().given("token") {
        Given::Once(token) => token,
        Given::Absent | Given::Empty => return Taken::Bad("no token"),
        Given::Repeated(_) => return Taken::Bad("several tokens"),
    };
    let handed: Option<&HandedOut> = s
        .record
        .ledger
        .logout_tokens
        .iter()
        .find(|handed| handed.text.as_bytes() == token.as_slice());
    let Some(handed) = handed else {
        return Taken::Bad("a token that was never handed out");
    };
    if !handed.own {
        return Taken::Bad("a token of another environment");
    }
    let used = s.record.attempts[..s.index].iter().any(|earlier| {
        let sent = earlier.chain[0].request.query().given("token");
        matches!(sent, Given::Once(earlier) if earlier == token)
    });
    if used {
        return Taken::Bad("a token that was used before");
    }
    if attempt.at.as_second() - handed.at.as_second() > SHORT_LIVED {
        return Taken::Bad("a token of the day before yesterday");
    }
    Taken::Good
}

/// Whether the token that was asked for is for somebody who signed in in this case.
pub(super) fn for_somebody_here(s: &SignOff<'_>) -> bool {
    call(s).is_ok_and(|call| call.owner(s) == Owner::SignedIn)
}

/// Whether the browser came to the identity provider's `end_session_endpoint`.
pub(super) fn at_the_provider(s: &SignOff<'_>, behind: &Behind) -> Seen {
    let Some(endpoint) = behind.metadata.text("end_session_endpoint") else {
        return Seen::Unknown("the identity provider has no end_session_endpoint".to_owned());
    };
    let address = endpoint.split(['?', '#']).next().unwrap_or(endpoint);
    let chain = &s.attempt().chain;
    let there = chain.iter().skip(1).any(|exchange| {
        let url = exchange.request.url();
        url.split('?').next() == Some(address)
    });
    if there {
        return Seen::Yes("the browser came to the end_session_endpoint".to_owned());
    }
    match chain.last().map(|exchange| &exchange.answer) {
        Some(Ok(answer)) if answer.status == 429 || answer.status >= 500 => {
            Seen::Unknown(format!("the visit ended with {}", answer.status))
        }
        Some(Ok(answer)) => Seen::No(format!(
            "the visit ended with {} before the end_session_endpoint",
            answer.status
        )),
        Some(Err(why)) => Seen::Unknown(format!("no answer: {why}")),
        None => Seen::Unknown("nothing was sent".to_owned()),
    }
}

/// Whether the browser's session at the identity provider was seen alive before.
pub(super) fn alive_before(s: &SignOff<'_>) -> Seen {
    let attempt = s.attempt();
    let jar = Witness::Jar(attempt.browser);
    let life = attempt.before.iter().find(|probe| probe.witness == jar);
    match life.map(|probe| &probe.life) {
        Some(Life::Alive(_)) => Seen::Yes("the session was seen alive before".to_owned()),
        Some(Life::Ended) => Seen::No("no session was alive before".to_owned()),
        Some(Life::Unknown(why)) => Seen::Unknown(why.clone()),
        None => Seen::Unknown("nobody looked at the session before".to_owned()),
    }
}

/// The orderly twin got as far as the identity provider.
pub(super) fn twin_came_there(s: &SignOff<'_>) -> Seen {
    match s.world.behind.as_ref() {
        Some(behind) => at_the_provider(s, behind),
        None => Seen::No("there is no identity provider behind it".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{SHORT_LIVED, Taken, alive_before, at_the_provider, behind, handed_out, taken};
    use crate::ruling::Seen;
    use crate::testing::{Session, page};
    use crate::workos::fixture::{AtWorkOs, GOOD, by_token, orderly_call, signed_off};

    #[test]
    fn a_call_was_answered_with_a_token_or_not_unless_the_product_is_busy_or_down() {
        let of = |status| handed_out(&orderly_call().refused(status).sign_off());
        assert!(handed_out(&orderly_call().sign_off()).is_yes());
        for status in [200, 400, 404] {
            assert!(of(status).is_no(), "{status}");
        }
        for status in [429, 500, 503] {
            assert!(matches!(of(status), Seen::Unknown(_)), "{status}");
        }
        let mut bad_status = orderly_call();
        let call = &mut bad_status.record.attempts[0].calls[0];
        call.answer.as_mut().expect("an answer").status = 404;
        assert!(handed_out(&bad_status.sign_off()).is_no());
    }

    #[test]
    fn a_visit_came_to_the_provider_or_not_unless_the_product_is_busy_or_down() {
        let after = |status| {
            let case = by_token(GOOD).gets(page(status, ""));
            let sign_off = case.sign_off();
            at_the_provider(&sign_off, behind(&sign_off).expect("one"))
        };
        for status in [200, 404, 428] {
            assert!(after(status).is_no(), "{status}");
        }
        for status in [429, 500, 503] {
            assert!(matches!(after(status), Seen::Unknown(_)), "{status}");
        }
        let case = signed_off();
        let there = at_the_provider(&case.sign_off(), behind(&case.sign_off()).expect("one"));
        assert!(there.is_yes());
    }

    #[test]
    fn a_token_is_good_until_a_day_has_passed() {
        let taken_after = |seconds: i64| {
            let mut case = by_token(GOOD);
            let at = case.record.attempts[0].at.as_second() + seconds;
            case.record.attempts[0].at = signoff_oidc::Timestamp::from_second(at).expect("a time");
            taken(&case.sign_off())
        };
        assert_eq!(taken_after(SHORT_LIVED), Taken::Good);
        assert!(matches!(taken_after(SHORT_LIVED + 1), Taken::Bad(_)));
    }

    #[test]
    fn the_session_before_is_that_of_the_browser_and_not_of_old_cookies() {
        let before = |session| alive_before(&by_token(GOOD).before(session).sign_off());
        assert!(before(Session::Lives).is_yes());
        assert!(before(Session::CookieDropped).is_no());
        assert!(matches!(before(Session::Unclear), Seen::Unknown(_)));
    }
}

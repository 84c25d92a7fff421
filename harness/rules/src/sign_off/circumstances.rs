//! The circumstances of the request: the session it met, how the hint fits it, and whether it is the
//! request that every OP has to honour.

use super::SignOff;
use super::sessions::life;
use crate::record::{CookiesSent, Life, SignedIn, Witness};
use crate::ruling::{Seen, Stop};
use signoff_oidc::Given;

/// Neither that a session is found by them nor that they are no fault of the request can be known.
const ALTERED: &str =
    "the cookies were altered, so the IdP may find no session by them, or refuse them";

impl<'a> SignOff<'a> {
    /// The last sign-in in this browser before the request.
    pub fn last_sign_in(&self) -> Option<&'a SignedIn> {
        let attempt = self.attempt();
        self.ledger()
            .sign_ins
            .iter()
            .filter(|s| s.browser == attempt.browser && s.seq < attempt.seq)
            .max_by_key(|s| s.seq)
    }

    /// Whether the request carries a session of the IdP that was seen alive right before.
    pub fn session_alive(&self) -> Seen {
        let attempt = self.attempt();
        if attempt.same_site.is_none() && attempt.cookies != CookiesSent::Altered {
            return Seen::No("no cookie of the browser goes to this address".to_owned());
        }
        let witness = match attempt.cookies {
            CookiesSent::None => return Seen::No("the request carries no cookies".to_owned()),
            CookiesSent::Current => Witness::Jar(attempt.browser),
            CookiesSent::Altered => return Seen::Unknown(ALTERED.to_owned()),
            CookiesSent::Saved => Witness::SavedCookies(attempt.browser),
        };
        match life(&attempt.before, witness) {
            Some(Life::Alive(_)) => Seen::Yes("the session was seen alive before".to_owned()),
            Some(Life::Ended) => Seen::No("no session was alive before".to_owned()),
            Some(Life::Unknown(why)) => {
                Seen::Unknown(format!("the session could not be seen before: {why}"))
            }
            None => Seen::Unknown("nobody looked at the session before".to_owned()),
        }
    }

    /// Ends the ruling unless the browser was seen signed in before: without that, "still alive" or "ended"
    /// proves nothing.
    pub fn signed_in_before(&self) -> Result<(), Stop> {
        match self.session_alive() {
            Seen::Yes(_) => Ok(()),
            Seen::No(what) => Err(Stop::NotMine(what)),
            Seen::Unknown(why) => Err(Stop::Undecided(why)),
        }
    }

    /// True when the genuine hint belongs to the session this browser holds, and to its user.
    pub fn hint_fits_session(&self) -> bool {
        match (self.genuine_hint(), self.last_sign_in()) {
            (Some(hint), Some(now)) => hint.session == now.session,
            _ => false,
        }
    }

    /// True when the genuine hint names the user who is signed in in this browser.
    pub fn hint_fits_user(&self) -> bool {
        match (self.genuine_hint(), self.last_sign_in()) {
            (Some(hint), Some(now)) => hint.user == now.user,
            _ => false,
        }
    }

    /// True when the hint's `exp` had passed when it was sent.
    pub fn hint_expired(&self) -> bool {
        self.genuine_hint()
            .and_then(|hint| hint.expires)
            .is_some_and(|expires| expires <= self.attempt().at)
    }

    /// True when the client of the hint or of `client_id` was disabled before.
    pub fn client_disabled(&self) -> bool {
        let named = self
            .genuine_hint()
            .map(|s| s.client_id.clone())
            .or_else(|| {
                self.client_id()
                    .once()
                    .map(|id| String::from_utf8_lossy(id).into_owned())
            });
        named.is_some_and(|id| self.attempt().disabled.contains(&id))
    }

    /// The request that every OP has to honour: by GET or POST with the parameters in their place, none
    /// repeated, its target in origin form, a genuine unexpired hint of the live session, a registered URI or none, a short plain
    /// state or none, a `client_id` that agrees or none, an enabled client.
    pub fn is_orderly(&self) -> bool {
        self.is_well_formed()
            && self.hint_fits_session()
            && !self.hint_expired()
            && self.attempt().cookies == CookiesSent::Current
            && self.session_alive().is_yes()
    }

    /// Orderly but for the hint and the session, which are not looked at: method, places, repeats, target,
    /// state, `client_id` and client are as [`SignOff::is_orderly`] wants them.
    pub fn is_well_formed(&self) -> bool {
        let plain = |value: &[u8]| value.len() <= 512 && value.iter().all(u8::is_ascii_graphic);
        let target_fits = match self.target() {
            Given::Absent => true,
            Given::Once(uri) => self.registered(&uri).for_client == Some(true),
            _ => false,
        };
        let state_fits = match self.state() {
            Given::Absent => true,
            Given::Once(state) => plain(&state),
            _ => false,
        };
        let client_fits = match self.client_id() {
            Given::Absent => true,
            Given::Once(_) => self.client().is_some(),
            _ => false,
        };
        // Proxies and frameworks that want the origin form are common.
        let request = &self.attempt().chain[0].request;
        matches!(self.method(), "GET" | "POST")
            && request.target.starts_with(b"/")
            && !self.is_mixed()
            && !self.repeats()
            && target_fits
            && state_fits
            && client_fits
            && !self.client_disabled()
            && self.unknown_parameters().is_empty()
            && self.is_well_escaped()
    }
}

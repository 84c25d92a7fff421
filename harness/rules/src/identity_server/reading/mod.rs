//! What this product's documentation is about, read from a sign-off: whether the hint is a valid one, and the ways back
//! that a person is given.

use crate::record::{CookiesSent, Provenance, TokenKind};
use crate::ruling::{Ruling, Seen, Stop, only_if};
use crate::sign_off::SignOff;
use signoff_oidc::{Given, Response};

#[cfg(test)]
pub(super) mod fixture;

/// The page's "valid `id_token_hint`", as far as it can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hint {
    /// None was sent, or an empty one.
    Absent,
    /// The original ID token of the session, or of an enabled client where there is no session.
    Valid,
    /// Whatever else.
    Invalid,
    /// It is open how the product takes it: a repeated one, one that only its own key could sign, an issued one in
    /// another spelling.
    Open,
}

/// What the hint is.
pub(super) fn hint(s: &SignOff<'_>) -> Hint {
    match s.hint() {
        Given::Absent | Given::Empty => return Hint::Absent,
        Given::Repeated(_) => return Hint::Open,
        Given::Once(text) if text.trim_ascii().is_empty() => return Hint::Open,
        Given::Once(_) => {}
    }
    let Some(facts) = s.hint_facts() else {
        return Hint::Open;
    };
    match (facts.provenance, facts.kind) {
        (Provenance::Issued, TokenKind::Id) => issued(s),
        (Provenance::Issued | Provenance::IssuedElsewhere, _) => Hint::Invalid,
        (Provenance::Forged, _) if s.hint_is_forged() => Hint::Invalid,
        (Provenance::SignedNotIssued | Provenance::Forged, _) => Hint::Open,
    }
}

fn issued(s: &SignOff<'_>) -> Hint {
    let Some(hint) = s.genuine_hint() else {
        return Hint::Open;
    };
    if s.client_disabled() {
        return Hint::Invalid;
    }
    let current = s.attempt().cookies == CookiesSent::Current;
    let Some(now) = s
        .last_sign_in()
        .filter(|_| current && !s.session_alive().is_no())
    else {
        // Nobody is signed in, so there is nobody to compare with. Cookies from before may stand for any session, and
        // altered ones for none.
        return match s.attempt().cookies {
            CookiesSent::Saved | CookiesSent::Altered => Hint::Open,
            CookiesSent::Current | CookiesSent::None => Hint::Valid,
        };
    };
    let same_session = hint.session == now.session || (hint.sid.is_some() && hint.sid == now.sid);
    // Duende 8 compares `sid`, the versions before it `sub` alone.
    let same_user = hint.user == now.user;
    if same_user && (same_session || !compares_sid(s)) {
        Hint::Valid
    } else {
        Hint::Invalid
    }
}

fn compares_sid(s: &SignOff<'_>) -> bool {
    !matches!(s.world.edition.as_deref(), Some("duende-7" | "is4"))
}

/// Ends the ruling unless the request is one that the page is about: GET or POST, each parameter in its place and once.
pub(super) fn in_place(s: &SignOff<'_>) -> Result<(), Stop> {
    only_if(
        matches!(s.method(), "GET" | "POST") && !s.is_mixed() && !s.repeats(),
        "a parameter is repeated or out of place, or the method is another one",
    )
}

/// Ends the ruling unless the request carried the live session of the browser.
pub(super) fn signed_in(s: &SignOff<'_>) -> Result<(), Stop> {
    only_if(
        s.attempt().cookies == CookiesSent::Current,
        "the request did not carry the browser's session",
    )?;
    s.signed_in_before()
}

/// The ruling where a question is due: the session lives until somebody says yes.
pub(super) fn asked(s: &SignOff<'_>) -> Ruling {
    s.must_not(
        s.ended_before_answer(),
        s.shown(&s.asked()),
        "a question, and the session alive until a yes",
    )
}

/// The redirect URI, when the hint's client has it exactly so. A `client_id` has no say.
pub(super) fn own_target(s: &SignOff<'_>) -> Option<Vec<u8>> {
    target_like(s, |known, uri| known == uri)
}

/// The redirect URI, when the hint's client has it, letter case aside: the product compares so.
pub(super) fn kept_target(s: &SignOff<'_>) -> Option<Vec<u8>> {
    target_like(s, <[u8]>::eq_ignore_ascii_case)
}

fn target_like(s: &SignOff<'_>, same: impl Fn(&[u8], &[u8]) -> bool) -> Option<Vec<u8>> {
    let client = s.world.client(&s.genuine_hint()?.client_id)?;
    let target = s.target();
    let uri = target.once()?;
    let registered = client.post_logout_redirect_uris.iter();
    let found = registered
        .map(String::as_bytes)
        .any(|known| same(known, uri));
    found.then(|| uri.clone())
}

/// Every address that the visit leads or may lead to: redirects, and links on the pages of the IdP.
pub(super) fn ways_on(s: &SignOff<'_>) -> Vec<String> {
    let mut addresses: Vec<String> = s
        .departures()
        .into_iter()
        .map(|departure| departure.to)
        .collect();
    addresses.extend(s.offers());
    addresses.extend(s.responses().filter_map(Response::location));
    addresses
}

/// Whether the redirect URI was honoured, by a redirect or by a link.
pub(super) fn led_back(s: &SignOff<'_>) -> Seen {
    match s.honoured() {
        Seen::No(_) => s.left_for_rp().or(Seen::No(s.describe_end())),
        seen => seen,
    }
}

#[cfg(test)]
mod tests {
    use super::fixture::alice;
    use super::{Hint, hint, in_place};
    use crate::record::{CookiesSent, Provenance};
    use crate::testing::{ACCESS_TOKEN, Case, HINT, OWN, Session, TARGET};

    fn of(case: &Case) -> Hint {
        hint(&case.sign_off())
    }

    #[test]
    fn a_hint_is_valid_if_it_is_the_original_token_and_open_if_nobody_can_tell() {
        let with = |text: &str| {
            let case = alice()
                .made("signed", Provenance::SignedNotIssued)
                .made("tenant", Provenance::IssuedElsewhere);
            of(&case.get(&[("id_token_hint", text)]))
        };
        assert_eq!(of(&alice().get(&[])), Hint::Absent);
        assert_eq!(with(""), Hint::Absent);
        assert_eq!(of(&alice().get(&[OWN, OWN])), Hint::Open);
        assert_eq!(with(" "), Hint::Open);
        assert_eq!(with(HINT), Hint::Valid);
        assert_eq!(with("signed"), Hint::Open);
        assert_eq!(with(&format!(" {HINT}")), Hint::Open);
        for invalid in ["garbage", "tenant", ACCESS_TOKEN] {
            assert_eq!(with(invalid), Hint::Invalid, "{invalid}");
        }
        assert_eq!(of(&alice().disable("a").get(&[OWN])), Hint::Invalid);
    }

    #[test]
    fn a_token_of_another_session_or_person_is_invalid_as_the_edition_compares_them() {
        let met = |edition: &str, user: &str, session: usize, sids: [Option<&str>; 2]| {
            let case = alice().of_product("identityserver", Some(edition));
            let mut case = case.sign_in(user, "a", 0, session);
            for (sign_in, sid) in case.record.ledger.sign_ins.iter_mut().zip(sids) {
                sign_in.sid = sid.map(str::to_owned);
            }
            of(&case.get(&[OWN]))
        };
        assert_eq!(met("duende-8", "alice", 0, [None, None]), Hint::Valid);
        assert_eq!(met("duende-8", "alice", 1, [None, None]), Hint::Invalid);
        let same = [Some("same"), Some("same")];
        assert_eq!(met("duende-8", "alice", 1, same), Hint::Valid);
        let two = [Some("one"), Some("two")];
        assert_eq!(met("duende-8", "alice", 1, two), Hint::Invalid);
        for edition in ["duende-7", "is4"] {
            assert_eq!(met(edition, "alice", 1, two), Hint::Valid);
            assert_eq!(met(edition, "bob", 1, two), Hint::Invalid);
        }
    }

    #[test]
    fn with_nobody_signed_in_there_is_nobody_to_compare_with() {
        let bob_came = || alice().sign_in("bob", "a", 0, 1).get(&[OWN]);
        assert_eq!(of(&bob_came()), Hint::Invalid);
        assert_eq!(of(&bob_came().before(Session::Ended)), Hint::Valid);
        let without_cookies = bob_came().with_cookies(CookiesSent::None);
        assert_eq!(of(&without_cookies), Hint::Valid);
        let with_old_ones = bob_came().with_cookies(CookiesSent::Saved);
        assert_eq!(of(&with_old_ones), Hint::Open);
    }

    #[test]
    fn a_request_is_in_place_by_its_method_by_the_places_and_by_the_number_of_its_parameters() {
        let fits = |case: Case| in_place(&case.sign_off()).is_ok();
        let orderly = || alice().get(&[OWN, TARGET]);
        assert!(fits(orderly()) && fits(alice().post(&[OWN, TARGET])));
        assert!(!fits(alice().get(&[OWN, TARGET, TARGET])));
        let mut by_put = orderly();
        by_put.record.attempts[0].chain[0].request.method = "PUT".to_owned();
        assert!(!fits(by_put));
        let mut mixed = orderly();
        mixed.record.attempts[0].chain[0].request.body = b"state=1".to_vec();
        assert!(!fits(mixed));
    }
}

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

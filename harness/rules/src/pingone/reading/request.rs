//! The request against what the documentation says of its parameters.

use super::hint;
use crate::record::CookiesSent;
use crate::sign_off::SignOff;
use signoff_oidc::{Given, params};

/// `post_logout_redirect_uri` and `state` together must have fewer characters.
const LIMIT: usize = 8192;

/// The parameters that count.
const COUNTED: &[&[u8]] = &[b"post_logout_redirect_uri", b"state"];

/// True when the parameters stand once each where the method wants them.
pub(in crate::pingone) fn is_in_place(s: &SignOff<'_>) -> bool {
    matches!(s.method(), "GET" | "POST") && !s.is_mixed() && !s.repeats()
}

/// True for the edition that the older guide describes.
fn is_legacy(s: &SignOff<'_>) -> bool {
    s.world.edition.as_deref() == Some("legacy")
}

/// True when the documentation says that this request is carried out, whatever edition: parameters in their
/// place, the hint of this session or none, a registered redirect URI or none, a plain state or none, none
/// of them too long, and the cookies of the browser. Whether a session is alive is asked apart from it.
pub(in crate::pingone) fn is_documented_to_work(s: &SignOff<'_>) -> bool {
    works_but_for_length(s) && combined_length(s) == Length::Below
}

/// The same, when the length may be any.
pub(in crate::pingone) fn works_but_for_length(s: &SignOff<'_>) -> bool {
    target_fits(s) && rest_fits(s) && !s.hint_expired()
}

/// The same as [`is_documented_to_work`], when the hint may have expired.
pub(in crate::pingone) fn works_but_for_expiry(s: &SignOff<'_>) -> bool {
    target_fits(s) && rest_fits(s) && combined_length(s) == Length::Below
}

/// The same as [`is_documented_to_work`], when the redirect URI may be any.
pub(in crate::pingone) fn works_but_for_target(s: &SignOff<'_>) -> bool {
    rest_fits(s) && !s.hint_expired() && combined_length(s) == Length::Below
}

fn target_fits(s: &SignOff<'_>) -> bool {
    match s.target() {
        Given::Absent => true,
        Given::Once(uri) if s.hint() == Given::Absent => s.registered(&uri).for_enabled,
        Given::Once(uri) => s.registered(&uri).for_client == Some(true),
        _ => false,
    }
}

fn rest_fits(s: &SignOff<'_>) -> bool {
    let hint_fits = match s.hint() {
        Given::Absent => !is_legacy(s),
        Given::Once(_) => s.hint_fits_session() && !s.client_disabled(),
        _ => false,
    };
    // `client_id` is not documented for this endpoint; the vendor's own clients send it beside the hint.
    let client_fits = match (s.client_id(), s.genuine_hint()) {
        (Given::Absent, _) => true,
        (Given::Once(id), Some(hint)) => hint.client_id.as_bytes() == id.as_slice(),
        _ => false,
    };
    let state_fits = match s.state() {
        Given::Absent => true,
        Given::Once(state) => state.iter().all(u8::is_ascii_graphic),
        _ => false,
    };
    let params = s.params();
    let others = ["logout_hint", "ui_locales"]
        .iter()
        .any(|name| params.given(name) != Given::Absent);
    is_in_place(s)
        && hint_fits
        && client_fits
        && state_fits
        && !others
        && s.unknown_parameters().is_empty()
        && s.attempt().cookies == CookiesSent::Current
}

/// How long `post_logout_redirect_uri` and `state` are together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pingone) enum Length {
    /// Below the limit however it is counted.
    Below,
    /// At the limit or above however it is counted.
    AtLeast,
    /// It depends on whether octets as sent, decoded octets or characters count, which is not documented.
    Open,
}

/// Compares the length of `post_logout_redirect_uri` and `state` with the limit.
pub(in crate::pingone) fn combined_length(s: &SignOff<'_>) -> Length {
    let values: Vec<Vec<u8>> = [s.target(), s.state()]
        .iter()
        .filter_map(|given| given.once().cloned())
        .collect();
    let octets = values.iter().map(Vec::len).sum::<usize>();
    let characters = values
        .iter()
        .map(|value| String::from_utf8_lossy(value).chars().count())
        .sum::<usize>();
    let readings = [octets, characters, length_as_sent(s)];
    if readings.iter().all(|&length| length < LIMIT) {
        Length::Below
    } else if readings.iter().all(|&length| length >= LIMIT) {
        Length::AtLeast
    } else {
        Length::Open
    }
}

fn length_as_sent(s: &SignOff<'_>) -> usize {
    let request = &s.attempt().chain[0].request;
    let query = || request.target.splitn(2, |&byte| byte == b'?').nth(1);
    let spelled = match s.method() {
        "POST" => request.body.as_slice(),
        _ => query().unwrap_or_default(),
    };
    spelled
        .split(|&byte| byte == b'&')
        .filter_map(|pair| {
            let at = pair.iter().position(|&byte| byte == b'=')?;
            COUNTED
                .contains(&params::decode(&pair[..at]).as_slice())
                .then(|| pair.len() - at - 1)
        })
        .sum()
}

/// True when the redirect URI is none that the documentation allows beside this hint: with one, that
/// application's; without, any enabled application's; in the older guide, any application's.
pub(in crate::pingone) fn has_foreign_target(s: &SignOff<'_>) -> bool {
    let Some(uri) = s.target().once().cloned() else {
        return false;
    };
    let registered = s.registered(&uri);
    if is_legacy(s) {
        return !registered.anywhere;
    }
    if s.hint().is_omitted() {
        return !registered.for_enabled;
    }
    let application = hint::identified_application(s);
    match application.and_then(|id| s.world.client(&id)) {
        Some(client) => !client
            .post_logout_redirect_uris
            .iter()
            .any(|known| known.as_bytes() == uri.as_slice()),
        None => !registered.anywhere,
    }
}

type Holds = fn(&SignOff<'_>) -> bool;

/// Why the documentation wants this request refused, if it does.
pub(in crate::pingone) fn documented_fault(s: &SignOff<'_>) -> Option<&'static str> {
    let faults: [(Holds, &'static str); 7] = [
        (|s| s.hint_is_forged(), "the hint is not signed by the IdP"),
        (
            hint::is_signed_for_no_application,
            "the hint is signed for no known application",
        ),
        (
            hint::names_unknown_application,
            "the hint's application does not exist",
        ),
        (
            hint::application_is_disabled,
            "the hint's application is disabled",
        ),
        (
            hint::has_foreign_issuer,
            "the hint's issuer is not the URL used",
        ),
        (
            hint::is_about_another_user,
            "the hint is about another user",
        ),
        (has_foreign_target, "the redirect URI is not registered"),
    ];
    faults
        .iter()
        .find_map(|(holds, fault)| holds(s).then_some(*fault))
}

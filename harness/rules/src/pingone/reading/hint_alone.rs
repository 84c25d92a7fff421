//! A sign-off by ID token alone (`/as/idpSignoff`), read from the request and from what was set.

use super::hint;
use crate::record::{Life, Witness};
use crate::ruling::Stop;
use crate::setting::Setting;
use crate::sign_off::SignOff;
use signoff_oidc::Given;

/// Whether the application that the hint identifies may be signed off so, as an operator set it for this
/// case; nothing when nobody did.
pub(in crate::pingone) fn is_allowed(s: &SignOff<'_>) -> Option<bool> {
    let application = hint::identified_application(s)?;
    s.attempt()
        .settings
        .iter()
        .rev()
        .find_map(|setting| match setting {
            Setting::HintAlone { client, allowed } if *client == application => Some(*allowed),
            _ => None,
        })
}

/// True when nothing but the documented parameters stands in the query of a GET, each once at most.
pub(in crate::pingone) fn is_plain(s: &SignOff<'_>) -> bool {
    let params = s.params();
    let others = ["state", "logout_hint", "ui_locales"];
    s.method() == "GET"
        && !s.is_mixed()
        && !s.repeats()
        && others
            .iter()
            .all(|name| params.given(name) == Given::Absent)
        && s.unknown_parameters().is_empty()
}

/// True when the documentation says that this request is carried out: the ID token of an enabled application
/// that has the setting on, its `client_id` or none, a registered redirect URI or none. An expired token is
/// as good as another.
pub(in crate::pingone) fn is_documented_to_end(s: &SignOff<'_>) -> bool {
    let client_fits = match (s.client_id(), s.genuine_hint()) {
        (Given::Absent, Some(_)) => true,
        (Given::Once(id), Some(hint)) => hint.client_id.as_bytes() == id.as_slice(),
        _ => false,
    };
    let target_fits = match s.target() {
        Given::Absent => true,
        Given::Once(uri) => s.registered(&uri).for_client == Some(true),
        _ => false,
    };
    is_plain(s) && client_fits && target_fits && is_allowed(s) == Some(true) && !s.client_disabled()
}

/// The browser in which the session of the hint was seen alive. Ends the ruling when the hint is none of a
/// live session.
pub(in crate::pingone) fn session_of_hint(s: &SignOff<'_>) -> Result<usize, Stop> {
    let not_mine = |why: &str| Stop::NotMine(why.to_owned());
    let hint = s
        .genuine_hint()
        .ok_or_else(|| not_mine("the hint is no ID token that was issued"))?;
    let seq = s.attempt().seq;
    let here = s.record.ledger.sign_ins.iter();
    let last = here
        .filter(|sign_in| sign_in.browser == hint.browser && sign_in.seq < seq)
        .max_by_key(|sign_in| sign_in.seq);
    if last.is_none_or(|last| last.session != hint.session) {
        return Err(not_mine("the hint is of an earlier session"));
    }
    let jar = Witness::Jar(hint.browser);
    let probe = s.attempt().before.iter().find(|probe| probe.witness == jar);
    match probe.map(|probe| &probe.life) {
        Some(Life::Alive(_)) => Ok(hint.browser),
        Some(Life::Ended) => Err(not_mine("the session of the hint had ended before")),
        Some(Life::Unknown(why)) => Err(Stop::Undecided(why.clone())),
        None => Err(Stop::Undecided(
            "nobody looked at the session before".to_owned(),
        )),
    }
}

//! `GET /as/idpSignoff`: a session ends by an ID token alone, without its cookie (the endpoint that discovery calls
//! `ping_end_idp_session_endpoint`). Undocumented and inferred here: the shape of its errors, and that a session which
//! has ended already is answered like one that ends now.

use super::{cookies, errors};
use crate::http::Response;
use crate::journal::Event;
use crate::logout::hint::{self, Hint};
use crate::logout::target::exactly;
use crate::parameters::{Given, Parameters};
use crate::policy::{EndedByHint, Unchecked};
use crate::realm::{Incoming, Realm};
use crate::refusal::{HintRefusal, Refusal};
use crate::uri;

const ONCE: [&str; 3] = ["id_token_hint", "client_id", "post_logout_redirect_uri"];

pub(super) fn respond(realm: &mut Realm, incoming: &Incoming) -> Response {
    if !matches!(incoming.request.method.as_str(), "GET" | "POST") {
        return Response::not_allowed("GET, POST");
    }
    realm.progress.concluded += 1;
    let sent = incoming.parameters();
    match found_good(realm, incoming, &sent) {
        Ok((hint, target)) => {
            let response = answer(realm, incoming, target);
            end(realm, incoming, hint.as_ref(), response)
        }
        Err(refusal) => {
            realm.events.push(Event::SignOffRefused { reason: refusal });
            let error = errors::invalid_value(realm, refusal.parameter(), refusal.message());
            if wants_json(incoming) {
                error.answer()
            } else {
                let application = errors::application(realm, incoming);
                error.shown_by(realm, incoming.site, application.as_deref())
            }
        }
    }
}

fn found_good<'a>(
    realm: &Realm,
    incoming: &Incoming,
    sent: &'a Parameters,
) -> Result<(Option<Hint>, Option<&'a [u8]>), Refusal> {
    if let Some(name) = ONCE.iter().find(|name| sent.given(name) == Given::Repeated) {
        return Err(Refusal::Repeated(name));
    }
    let Some(token) = sent.octets("id_token_hint") else {
        return if realm.policy.hint_alone.hint_required {
            Err(Refusal::HintRequired)
        } else {
            Ok((None, None))
        };
    };
    let issuer = realm.issuer(incoming.site);
    let hint = hint::examine(realm, token, issuer, None, incoming.now).map_err(Refusal::Hint)?;
    let named = sent.octets("client_id");
    let compared = realm.policy.hint_alone.client_must_agree;
    if compared && named.is_some() && named != hint.client.as_deref().map(str::as_bytes) {
        return Err(Refusal::ClientDisagrees);
    }
    let client = hint
        .client
        .as_deref()
        .and_then(|id| realm.tenant.client(id))
        .ok_or(Refusal::Hint(HintRefusal::ApplicationUnknown))?;
    if realm.policy.hint_alone.setting_needed && !client.idp_signoff {
        return Err(Refusal::IdpSignoffDisabled);
    }
    let target = sent.octets("post_logout_redirect_uri");
    let registered = |asked: &[u8]| {
        let mut known = client.post_logout_redirect_uris.iter();
        known.any(|known| exactly(known, asked))
    };
    let unchecked = realm.policy.target.unchecked == Unchecked::Always;
    if !unchecked && target.is_some_and(|asked| !registered(asked)) {
        return Err(Refusal::TargetUnregistered);
    }
    Ok((Some(hint), target))
}

fn answer(realm: &Realm, incoming: &Incoming, target: Option<&[u8]>) -> Response {
    match target {
        Some(target) => Response::redirect(302, &uri::location(target)),
        None if wants_json(incoming) && realm.policy.hint_alone.no_content_for_programs => {
            Response::empty(204).with("Cache-Control", "no-store")
        }
        None => Response::redirect(302, &format!("{}/signon", realm.issuer(incoming.site))),
    }
}

/// Only the session that the token was issued in ends. Its cookie expires where the browser sent it along.
fn end(
    realm: &mut Realm,
    incoming: &Incoming,
    hint: Option<&Hint>,
    response: Response,
) -> Response {
    let of_browser = realm
        .remembered_session(incoming)
        .map(|session| session.id.clone());
    let sid = match hint {
        Some(hint) => hint.sid.clone(),
        None => of_browser.clone(),
    };
    let Some(sid) = sid else {
        return response;
    };
    let same = of_browser.as_ref() == Some(&sid);
    if same || realm.policy.hint_alone.ends == EndedByHint::ItsSession {
        realm.end_session(&sid);
    }
    if same {
        cookies::expire(realm, incoming.site, response)
    } else {
        response
    }
}

fn wants_json(incoming: &Incoming) -> bool {
    let accept = incoming.header_text("Accept").unwrap_or_default();
    accept
        .split(',')
        .any(|range| range.split(';').next().unwrap_or_default().trim() == "application/json")
}

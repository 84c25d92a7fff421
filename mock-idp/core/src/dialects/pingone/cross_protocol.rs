//! `GET|POST /xp/signoff`: the session ends for all its applications, whatever protocol they speak. Of those protocols
//! only OpenID Connect is here. The documentation spells the redirect parameter in two ways; both are read. What
//! follows when there is no session is not documented: it is refused here.

use super::errors;
use crate::http::Response;
use crate::journal::Event;
use crate::logout::target::exactly;
use crate::logout::{Farewell, front_channel, leave};
use crate::parameters::Parameters;
use crate::realm::{Incoming, Realm};
use crate::refusal::Refusal;

pub(super) fn respond(realm: &mut Realm, incoming: &Incoming) -> Response {
    if !matches!(incoming.request.method.as_str(), "GET" | "POST") {
        return Response::not_allowed("GET, POST");
    }
    realm.progress.concluded += 1;
    let Some(session) = realm.session(incoming) else {
        realm.events.push(Event::SignOffRefused {
            reason: Refusal::SessionAbsent,
        });
        return errors::access_failed(realm).shown(realm, incoming.site);
    };
    let farewell = Farewell {
        target: target(realm, &incoming.parameters()),
        by_post: incoming.is_post(),
        ..Farewell::default()
    };
    // With the setting on, leaving asks the other applications by itself.
    let frames = if front_channel::asks_others(realm) {
        Vec::new()
    } else {
        front_channel::requests(realm, incoming, Some(&session), None)
    };
    let answer = leave(realm, incoming, Some(&session), &farewell);
    front_channel::surrounding(answer, &frames)
}

/// Only a value of the environment's own list is followed. Any other leads to the signed-off page and is no error.
fn target(realm: &Realm, sent: &Parameters) -> Option<Vec<u8>> {
    let asked = sent
        .octets("post_logout_redirect_uri")
        .or_else(|| sent.octets("postLogoutRedirectUris"))?;
    if !realm.policy.every_protocol.uris_listed {
        return Some(asked.to_vec());
    }
    let registered = &realm.tenant.logout_settings.post_logout_redirect_uris;
    registered
        .iter()
        .any(|known| exactly(known, asked))
        .then(|| asked.to_vec())
}

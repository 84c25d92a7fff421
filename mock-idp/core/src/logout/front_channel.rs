//! Front-channel logout: the browser is shown a page that loads the logout address of every other application of the
//! session, and then goes where the sign-off leads (OpenID Connect Front-Channel Logout 1.0 sections 2 and 3).

use crate::http::Response;
use crate::journal::Event;
use crate::page;
use crate::realm::{Incoming, Realm};
use crate::sessions::Session;
use crate::uri;

/// Whether a sign-off at the usual address asks the session's other applications.
pub(crate) fn asks_others(realm: &Realm) -> bool {
    let set = realm.tenant.logout_settings.enable_cross_protocol_slo;
    set && realm.policy.every_protocol.others_by_setting
}

/// The addresses to load for a session, without the application that started the sign-off itself.
pub(crate) fn requests(
    realm: &mut Realm,
    incoming: &Incoming,
    session: Option<&Session>,
    started_by: Option<&str>,
) -> Vec<String> {
    let Some(session) = session else {
        return Vec::new();
    };
    let others = session
        .clients
        .iter()
        .filter(|client| Some(client.as_str()) != started_by);
    let issuer = realm.issuer(incoming.site);
    let mut addresses = Vec::new();
    for client in others.filter_map(|id| realm.tenant.client(id)) {
        let Some(address) = &client.front_channel_logout_uri else {
            continue;
        };
        let named: &[(&str, &[u8])] = &[("iss", issuer.as_bytes()), ("sid", session.id.as_bytes())];
        let named = if client.front_channel_logout_session_required {
            named
        } else {
            &[]
        };
        addresses.push(uri::with_parameters(address.as_bytes(), named));
        realm.events.push(Event::FrontChannelLogout {
            client: client.id.clone(),
        });
    }
    addresses
}

/// The answer with these frames in front of it. A redirect becomes a page that goes on to the same place.
pub(crate) fn surrounding(answer: Response, frames: &[String]) -> Response {
    let Some(location) = answer.header("Location").filter(|_| !frames.is_empty()) else {
        return answer;
    };
    let page = page::signing_off(frames, location);
    answer
        .all("Set-Cookie")
        .fold(page, |page, cookie| page.with("Set-Cookie", cookie))
}

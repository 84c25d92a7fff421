//! Flow orchestration, the service that keeps the sessions: `DELETE /{environment}/session`. The older guide has the
//! sign-off endpoint call it once the request was found good, and pass its `Set-Cookie` on.

use super::cookies;
use crate::http::Response;
use crate::journal::Event;
use crate::realm::{Incoming, Realm};

const ANSWER: u16 = 204;

/// Answers the call itself: the session of the cookie ends, and the cookie expires, whatever it was.
pub(super) fn respond(realm: &mut Realm, incoming: &Incoming) -> Response {
    if incoming.request.method != "DELETE" {
        return Response::not_allowed("DELETE");
    }
    if let Some(session) = realm.session(incoming) {
        realm.end_session(&session.id);
    }
    Response::empty(ANSWER)
        .with("Cache-Control", "no-store")
        .with(
            "Set-Cookie",
            cookies::expired_by_orchestration(realm, incoming.site),
        )
}

/// Notes the call as the sign-off endpoint makes it.
pub(crate) fn called(realm: &mut Realm, incoming: &Incoming) {
    let sent = cookies::sent(incoming);
    let event = Event::InternalCall {
        method: "DELETE",
        endpoint: "/session",
        cookie: (!sent.is_empty()).then_some("ST=(masked)"),
        status: ANSWER,
        set_cookie: cookies::expired_by_orchestration(realm, incoming.site),
    };
    realm.events.push(event);
}

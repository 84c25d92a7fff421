//! The cookie of the session, and the one that a session check may read.

use super::base_path;
use crate::http::Response;
use crate::realm::{Incoming, Realm, Site};
use crate::sessions::Session;

const SESSION: &str = "idsrv";
const CHECK: &str = "idsrv.session";
const PAST: &str = "Thu, 01 Jan 1970 00:00:00 GMT";

/// The values that a browser sent.
pub(crate) fn sent(incoming: &Incoming) -> Vec<String> {
    incoming.cookies(SESSION)
}

/// Sets both cookies.
pub(super) fn set(realm: &Realm, response: Response, session: &Session) -> Response {
    let response = written(realm, response, SESSION, &session.cookie, "; HttpOnly");
    written(realm, response, CHECK, &session.id, "")
}

/// Sets a cookie that lasts as long as the browser and that script cannot read.
pub(super) fn set_own(realm: &Realm, response: Response, name: &str, value: &str) -> Response {
    written(realm, response, name, value, "; HttpOnly")
}

/// Makes a browser forget both.
pub(crate) fn expire(realm: &Realm, response: Response) -> Response {
    let expires = format!("; Expires={PAST}");
    let response = written(
        realm,
        response,
        SESSION,
        "",
        &format!("; HttpOnly{expires}"),
    );
    written(realm, response, CHECK, ".", &expires)
}

/// Without TLS a cookie cannot be `Secure`, and browsers then refuse `SameSite=None`, too.
fn written(realm: &Realm, response: Response, name: &str, value: &str, more: &str) -> Response {
    let path = match base_path(realm) {
        path if path.is_empty() => "/".to_owned(),
        path => path,
    };
    let reach = if realm.is_https(Site::Default) {
        "; Secure; SameSite=None"
    } else {
        "; SameSite=Lax"
    };
    response.with(
        "Set-Cookie",
        format!("{name}={value}; Path={path}{reach}{more}"),
    )
}

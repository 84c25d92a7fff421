//! The session cookies `ST` and `ST-NO-SS`.

use super::session_check;
use crate::config::Edition;
use crate::http::Response;
use crate::realm::{Incoming, Realm, Site};

/// `ST` first: the other is for browsers that do not know `SameSite=None`.
const NAMES: [(&str, &str); 2] = [("ST", "; SameSite=None"), ("ST-NO-SS", "")];

const PAST: &str = "Thu, 01 Jan 1970 00:00:00 GMT";

/// The values that a browser sent.
pub(crate) fn sent(incoming: &Incoming) -> Vec<String> {
    NAMES
        .iter()
        .flat_map(|(name, _)| incoming.cookies(name))
        .collect()
}

/// Sets both cookies, and the one for the frame of the session check where that is used.
pub(crate) fn set(realm: &Realm, site: Site, response: Response, value: &str) -> Response {
    let response = NAMES.iter().fold(response, |response, (name, same_site)| {
        response.with("Set-Cookie", written(realm, site, name, value, same_site))
    });
    if session_check::is_used(realm) {
        let state = session_check::browser_state(value);
        response.with("Set-Cookie", readable(realm, site, &state))
    } else {
        response
    }
}

/// Expires the cookies, with the attributes they were set with: a browser would keep them otherwise. The older guide
/// knows the first one only, and spells it its own way.
pub(crate) fn expire(realm: &Realm, site: Site, response: Response) -> Response {
    let legacy = realm.tenant.edition == Edition::Legacy;
    let response = NAMES.iter().fold(response, |response, (name, same_site)| {
        let cookie = if legacy && *name == "ST" {
            expired_by_orchestration(realm, site)
        } else {
            let cookie = written(realm, site, name, "", same_site);
            format!("{cookie}; Expires={PAST}")
        };
        response.with("Set-Cookie", cookie)
    });
    if session_check::is_used(realm) {
        let cookie = readable(realm, site, "");
        response.with("Set-Cookie", format!("{cookie}; Expires={PAST}"))
    } else {
        response
    }
}

/// The one cookie that script may read: the frame of the session check is made of script.
fn readable(realm: &Realm, site: Site, value: &str) -> String {
    let path = path(realm, site);
    format!(
        "{}={value}; Path={path}; Secure; SameSite=None",
        session_check::COOKIE
    )
}

/// The `Set-Cookie` of flow orchestration, as the older guide prints it.
pub(crate) fn expired_by_orchestration(realm: &Realm, site: Site) -> String {
    format!(
        "ST=; Path={}; Secure; HttpOnly; expires={PAST}",
        path(realm, site)
    )
}

fn written(realm: &Realm, site: Site, name: &str, value: &str, same_site: &str) -> String {
    let path = path(realm, site);
    format!("{name}={value}; Path={path}; Secure; HttpOnly{same_site}")
}

fn path(realm: &Realm, site: Site) -> String {
    match site {
        Site::Default => realm.path_prefix(),
        Site::CustomDomain => "/".to_owned(),
    }
}

//! The session cookies `ST` and `ST-NO-SS`.

use crate::http::Response;
use crate::realm::{Incoming, Realm, Site};

/// `ST` first: the other is for browsers that do not know `SameSite=None`.
const NAMES: [(&str, &str); 2] = [("ST", "; SameSite=None"), ("ST-NO-SS", "")];

/// The values that a browser sent.
pub(crate) fn sent(incoming: &Incoming) -> Vec<String> {
    NAMES
        .iter()
        .flat_map(|(name, _)| incoming.cookies(name))
        .collect()
}

/// Sets both cookies.
pub(crate) fn set(realm: &Realm, site: Site, response: Response, value: &str) -> Response {
    written(realm, site, response, value, "")
}

/// Expires both cookies, with the attributes they were set with: a browser would keep them otherwise.
pub(crate) fn expire(realm: &Realm, site: Site, response: Response) -> Response {
    written(
        realm,
        site,
        response,
        "",
        "; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
    )
}

fn written(realm: &Realm, site: Site, response: Response, value: &str, expiry: &str) -> Response {
    let path = match site {
        Site::Default => realm.path_prefix(),
        Site::CustomDomain => "/".to_owned(),
    };
    NAMES.iter().fold(response, |response, (name, same_site)| {
        response.with(
            "Set-Cookie",
            format!("{name}={value}; Path={path}; Secure; HttpOnly{same_site}{expiry}"),
        )
    })
}

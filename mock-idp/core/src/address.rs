//! Where a request was sent: host, path and query of its target, untouched.

use crate::http::Request;

/// Where a request was sent.
pub(crate) struct Address<'a> {
    pub(crate) authority: String,
    pub(crate) path: &'a str,
    pub(crate) query: &'a str,
}

impl<'a> Address<'a> {
    pub(crate) fn of(request: &'a Request) -> Option<Self> {
        let host = request
            .header("Host")
            .and_then(|value| std::str::from_utf8(value).ok());
        let (authority, rest) = if request.target.starts_with('/') {
            (host.unwrap_or_default(), request.target.as_str())
        } else {
            let (scheme, rest) = request.target.split_once("://")?;
            if !["http", "https"]
                .iter()
                .any(|known| scheme.eq_ignore_ascii_case(known))
            {
                return None;
            }
            rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()))
        };
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        // A fragment is never sent by a browser; what follows it is no part of the query.
        let query = query.split('#').next().unwrap_or_default();
        Some(Self {
            authority: authority.to_ascii_lowercase(),
            path,
            query,
        })
    }
}

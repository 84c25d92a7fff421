//! Origins, and where a browser would go. A URI is compared as text; a parsed form is only a view.

use std::fmt;
use url::Url;

/// Scheme, host and port of a URL, as RFC 6454 section 6.2 writes them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin(String);

impl Origin {
    /// The origin of an absolute http or https URL; nothing for other schemes and for what is no URL.
    pub fn of(url: &str) -> Option<Self> {
        Url::parse(url).ok().as_ref().and_then(Origin::of_url)
    }

    /// The same for a parsed URL.
    pub fn of_url(url: &Url) -> Option<Self> {
        match url.scheme() {
            "http" | "https" => Some(Origin(url.origin().ascii_serialization())),
            _ => None,
        }
    }

    /// As text, without a trailing slash: `https://op.example`, `http://127.0.0.1:4101`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True for https.
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// Host and port as a `Host` header field carries them (RFC 9110 section 7.2).
    pub fn authority(&self) -> &str {
        self.0.split_once("://").map_or("", |(_, rest)| rest)
    }

    /// True when the host is a loopback address or `localhost`.
    pub fn is_loopback(&self) -> bool {
        let host = Url::parse(&self.0)
            .ok()
            .and_then(|url| url.host().map(|host| host.to_owned()));
        match host {
            Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
            Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
            Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            None => false,
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Path and query of an absolute URL as text, `/` when there is none. The fragment is not part of it.
pub fn target_of(url: &str) -> String {
    let after_scheme = url.find("://").map_or(url, |at| &url[at + 3..]);
    let rest = after_scheme
        .find(['/', '?', '#'])
        .map_or("", |at| &after_scheme[at..]);
    let rest = rest.split('#').next().unwrap_or("");
    if rest.starts_with('/') {
        rest.to_owned()
    } else {
        format!("/{rest}")
    }
}

/// Where a browser at `base` would go for the reference `reference`, by the WHATWG URL standard, which is
/// what browsers do with backslashes, tabs and missing slashes.
pub fn resolve(base: &str, reference: &str) -> Option<Url> {
    match Url::parse(base) {
        Ok(base) => base
            .join(reference.trim_matches([' ', '\t', '\r', '\n']))
            .ok(),
        Err(_) => Url::parse(reference).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_target_is_kept_as_text() {
        assert_eq!(
            target_of("https://op.example/a/../b?x=%zz#f"),
            "/a/../b?x=%zz"
        );
        assert_eq!(target_of("https://op.example"), "/");
        assert_eq!(target_of("https://op.example?x=1"), "/?x=1");
    }

    #[test]
    fn a_browser_reads_backslashes_as_slashes() {
        let url = resolve("https://op.example/logout", "/\\evil.test/x").expect("resolves");
        assert_eq!(url.host_str(), Some("evil.test"));
    }

    #[test]
    fn loopback_is_told_by_the_host_alone() {
        assert!(Origin::of("http://127.0.0.1:4101/x").is_some_and(|o| o.is_loopback()));
        assert!(Origin::of("http://[::1]:80/").is_some_and(|o| o.is_loopback()));
        assert!(!Origin::of("https://localhost.evil.test/").is_some_and(|o| o.is_loopback()));
        assert_eq!(Origin::of("javascript:alert(1)"), None);
    }
}

//! The browser's cookie jar (RFC 6265bis sections 5.6 to 5.8), with time as an argument.
//!
//! The jar is same-site: it stores `SameSite` and sends every cookie, because what is judged is the
//! server. Loopback counts as a secure origin, as it does in browsers. Cookies go out in a fixed order.

use crate::uri::Origin;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A stored cookie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cookie {
    /// The name.
    pub name: String,
    /// The value, as sent by the server.
    pub value: String,
    /// The host that set it, or the domain that it was set for; in lower case.
    pub host: String,
    /// True when it goes to that host alone and not to those below it.
    pub host_only: bool,
    /// `Path`.
    pub path: String,
    /// `Secure`.
    pub secure: bool,
    /// To which requests it is confined.
    pub same_site: SameSite,
    /// When it ends; nothing for a cookie that lasts as long as the browser.
    pub expires: Option<Timestamp>,
}

/// To which requests a cookie is confined (RFC 6265bis section 5.8.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SameSite {
    /// `Lax` or `Strict`: it does not go into a frame or a form post of another site.
    Confined,
    /// The attribute is missing. Browsers differ in what they take for the default.
    Unstated,
    /// `None`: it goes everywhere.
    Everywhere,
}

/// What a `Set-Cookie` field says (RFC 6265bis section 5.6), before it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SetCookie {
    /// The name; may be empty.
    pub name: String,
    /// The value.
    pub value: String,
    /// `Domain`, without a leading dot, in lower case.
    pub domain: Option<String>,
    /// `Path`, when it begins with a slash.
    pub path: Option<String>,
    /// `Secure`.
    pub secure: bool,
    /// `HttpOnly`.
    pub http_only: bool,
    /// `SameSite` as sent.
    pub same_site: Option<String>,
    /// `Max-Age` in seconds.
    pub max_age: Option<i64>,
    /// `Expires`, when it could be read as a date.
    pub expires: Option<Timestamp>,
}

impl SetCookie {
    /// Parses the field value; nothing when it is to be ignored altogether.
    pub fn parse(field: &str) -> Option<Self> {
        if field.len() > 16 * 1024 || field.bytes().any(|b| b < 0x20 && b != b'\t' || b == 0x7f) {
            return None;
        }
        let mut parts = field.split(';');
        let pair = parts.next()?;
        let (name, value) = pair.split_once('=').unwrap_or(("", pair));
        let (name, value) = (name.trim(), value.trim());
        if name.is_empty() && value.is_empty() || name.len() + value.len() > 4096 {
            return None;
        }
        let mut cookie = SetCookie {
            name: name.to_owned(),
            value: value.to_owned(),
            ..SetCookie::default()
        };
        for part in parts {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            cookie.attribute(key.trim(), value.trim());
        }
        Some(cookie)
    }

    fn attribute(&mut self, key: &str, value: &str) {
        if value.len() > 1024 {
            return;
        }
        match key.to_ascii_lowercase().as_str() {
            "domain" => {
                self.domain = Some(value.trim_start_matches('.').to_ascii_lowercase())
                    .filter(|d| !d.is_empty());
            }
            "path" => self.path = Some(value.to_owned()).filter(|path| path.starts_with('/')),
            "secure" => self.secure = true,
            "httponly" => self.http_only = true,
            "samesite" => self.same_site = Some(value.to_owned()),
            "max-age" => self.max_age = value.parse().ok(),
            "expires" => self.expires = date(value),
            _ => {}
        }
    }
}

/// The cookies of one browser.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Jar(Vec<Cookie>);

impl Jar {
    /// An empty jar.
    pub fn new() -> Self {
        Jar::default()
    }

    /// Takes every `Set-Cookie` field of an answer to a request to `origin` with `path`.
    pub fn store<S: AsRef<str>>(
        &mut self,
        origin: &Origin,
        path: &[u8],
        fields: &[S],
        now: Timestamp,
    ) {
        for field in fields {
            if let Some(set) = SetCookie::parse(field.as_ref()) {
                self.put(origin, path, set, now);
            }
        }
    }

    fn put(&mut self, origin: &Origin, path: &[u8], set: SetCookie, now: Timestamp) {
        let secure_origin = origin.is_https() || origin.is_loopback();
        if (set.secure && !secure_origin) || !prefix_holds(&set, secure_origin) {
            return;
        }
        let host = host_of(origin);
        let (host, host_only) = match set.domain {
            None => (host, true),
            Some(domain) if domain_matches(&host, &domain) => (domain, false),
            Some(_) => return,
        };
        let expires = match set.max_age {
            Some(seconds) if seconds <= 0 => Some(Timestamp::MIN),
            Some(seconds) => now
                .checked_add(jiff::SignedDuration::from_secs(seconds))
                .ok(),
            None => set.expires,
        };
        let cookie = Cookie {
            name: set.name,
            value: set.value,
            host,
            host_only,
            path: set.path.unwrap_or_else(|| default_path(path)),
            secure: set.secure,
            same_site: match set
                .same_site
                .as_deref()
                .map(str::to_ascii_lowercase)
                .as_deref()
            {
                Some("lax" | "strict") => SameSite::Confined,
                Some("none") => SameSite::Everywhere,
                _ => SameSite::Unstated,
            },
            expires,
        };
        // A cookie that was set securely cannot be overlaid from an insecure origin (section 5.7 step 12).
        let same = |c: &Cookie| {
            c.name == cookie.name
                && c.host == cookie.host
                && c.host_only == cookie.host_only
                && c.path == cookie.path
        };
        if !secure_origin && self.0.iter().any(|c| c.secure && same(c)) {
            return;
        }
        let alive = cookie.expires.is_none_or(|at| at > now);
        match self.0.iter().position(same) {
            Some(at) if alive => self.0[at] = cookie,
            Some(at) => drop(self.0.remove(at)),
            None if alive => self.0.push(cookie),
            None => {}
        }
    }

    /// Takes a cookie as it is, from a browser that has judged it already. One of the same name, host and path
    /// gives way.
    pub fn insert(&mut self, cookie: Cookie) {
        self.0.retain(|known| {
            known.name != cookie.name
                || known.host != cookie.host
                || known.host_only != cookie.host_only
                || known.path != cookie.path
        });
        self.0.push(cookie);
    }

    /// The cookies for a request to `origin` with `path`: longer paths first, then the order in which they
    /// were set (section 5.8.3).
    fn matching(&self, origin: &Origin, path: &[u8], now: Timestamp) -> Vec<&Cookie> {
        let host = host_of(origin);
        let secure_origin = origin.is_https() || origin.is_loopback();
        let path = String::from_utf8_lossy(path);
        let mut found: Vec<&Cookie> = self
            .0
            .iter()
            .filter(|c| {
                (if c.host_only {
                    c.host == host
                } else {
                    domain_matches(&host, &c.host)
                }) && path_matches(&path, &c.path)
                    && (secure_origin || !c.secure)
                    && c.expires.is_none_or(|at| at > now)
            })
            .collect();
        found.sort_by_key(|c| std::cmp::Reverse(c.path.len()));
        found
    }

    /// The `Cookie` field for a request to `origin` with `path`; nothing when no cookie matches.
    pub fn header(&self, origin: &Origin, path: &[u8], now: Timestamp) -> Option<String> {
        let pairs: Vec<String> = self
            .matching(origin, path, now)
            .iter()
            .map(|c| {
                if c.name.is_empty() {
                    c.value.clone()
                } else {
                    format!("{}={}", c.name, c.value)
                }
            })
            .collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    /// How far the cookies of such a request go: the freest of them counts, because the session may hang on
    /// any. Nothing when no cookie matches.
    pub fn same_site(&self, origin: &Origin, path: &[u8], now: Timestamp) -> Option<SameSite> {
        let modes: Vec<SameSite> = self
            .matching(origin, path, now)
            .iter()
            .map(|cookie| cookie.same_site)
            .collect();
        let order = [SameSite::Everywhere, SameSite::Unstated, SameSite::Confined];
        order.into_iter().find(|mode| modes.contains(mode))
    }

    /// All cookies, also expired ones.
    pub fn iter(&self) -> impl Iterator<Item = &Cookie> {
        self.0.iter()
    }

    /// True when nothing is stored.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// `__Secure-` and `__Host-` (section 4.1.3), matched without regard to case (section 5.4).
fn prefix_holds(set: &SetCookie, secure_origin: bool) -> bool {
    let name = set.name.to_ascii_lowercase();
    if name.starts_with("__host-") {
        set.secure && secure_origin && set.domain.is_none() && set.path.as_deref() == Some("/")
    } else if name.starts_with("__secure-") {
        set.secure && secure_origin
    } else {
        true
    }
}

fn host_of(origin: &Origin) -> String {
    let authority = origin.authority();
    let end = if authority.ends_with(']') {
        authority.len()
    } else {
        authority
            .rfind(':')
            .filter(|&at| !authority[at..].contains(']'))
            .unwrap_or(authority.len())
    };
    authority[..end].to_ascii_lowercase()
}

fn domain_matches(host: &str, domain: &str) -> bool {
    host == domain
        || (host.ends_with(domain)
            && host[..host.len() - domain.len()].ends_with('.')
            && host.parse::<std::net::IpAddr>().is_err())
}

fn path_matches(request: &str, cookie: &str) -> bool {
    request == cookie
        || (request.starts_with(cookie)
            && (cookie.ends_with('/') || request[cookie.len()..].starts_with('/')))
}

fn default_path(path: &[u8]) -> String {
    let path = String::from_utf8_lossy(path);
    match path.rfind('/') {
        Some(at) if at > 0 && path.starts_with('/') => path[..at].to_owned(),
        _ => "/".to_owned(),
    }
}

/// The forgiving date of section 5.1.1: day, month, year and time in any order.
fn date(text: &str) -> Option<Timestamp> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let (mut time, mut day, mut month, mut year) = (None, None, None, None);
    for token in text
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == ':'))
        .filter(|t| !t.is_empty())
    {
        let number = token.parse::<i16>().ok();
        if time.is_none() && token.contains(':') {
            let mut fields = token.split(':').map(|f| f.parse::<i8>().ok());
            time = Some((fields.next()??, fields.next()??, fields.next()??));
        } else if let (None, Some(n), true) = (day, number, token.len() <= 2) {
            day = Some(i8::try_from(n).ok()?);
        } else if let (None, Some(at)) = (
            month,
            token
                .get(..3)
                .and_then(|m| MONTHS.iter().position(|&x| m.eq_ignore_ascii_case(x))),
        ) {
            month = Some(i8::try_from(at + 1).ok()?);
        } else if let (None, Some(n)) = (year, number) {
            year = Some(match n {
                70..=99 => n + 1900,
                0..=69 => n + 2000,
                other => other,
            });
        }
    }
    let (hour, minute, second) = time?;
    let date = jiff::civil::Date::new(year?, month?, day?).ok()?;
    let time = jiff::civil::Time::new(hour, minute, second.min(59), 0).ok()?;
    date.to_datetime(time)
        .to_zoned(TimeZone::UTC)
        .ok()
        .map(|at| at.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn origin(text: &str) -> Origin {
        Origin::of(text).expect("an origin")
    }

    fn now() -> Timestamp {
        "2026-01-01T00:00:00Z".parse().expect("a time")
    }

    fn jar(fields: &[&str]) -> Jar {
        let mut jar = Jar::new();
        jar.store(
            &origin("https://auth.op.example"),
            b"/env/as/authorize",
            fields,
            now(),
        );
        jar
    }

    #[test]
    fn a_cookie_goes_back_to_its_path_only() {
        let jar = jar(&["ST=1; Path=/env; Secure; HttpOnly"]);
        assert_eq!(
            jar.header(
                &origin("https://auth.op.example"),
                b"/env/as/signoff",
                now()
            )
            .as_deref(),
            Some("ST=1")
        );
        assert_eq!(
            jar.header(&origin("https://auth.op.example"), b"/environment", now()),
            None
        );
        assert_eq!(
            jar.header(&origin("https://other.example"), b"/env", now()),
            None
        );
    }

    #[test]
    fn a_past_date_removes_the_cookie_of_the_same_path() {
        let mut jar = jar(&["ST=1; Path=/env; Secure"]);
        let origin = origin("https://auth.op.example");
        jar.store(
            &origin,
            b"/env",
            &["ST=; Path=/; Secure; expires=Thu, 01 Jan 1970 00:00:00 GMT"],
            now(),
        );
        assert_eq!(
            jar.header(&origin, b"/env/x", now()).as_deref(),
            Some("ST=1"),
            "another path is another cookie"
        );
        jar.store(
            &origin,
            b"/env",
            &["ST=; Path=/env; Secure; Expires=Thu, 01-Jan-1970 00:00:00 GMT"],
            now(),
        );
        assert!(jar.is_empty());
    }

    #[test]
    fn max_age_wins_over_expires() {
        let jar = jar(&["a=1; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/"]);
        let origin = origin("https://auth.op.example");
        assert!(jar.header(&origin, b"/", now()).is_some());
        let later = now() + jiff::SignedDuration::from_secs(61);
        assert_eq!(jar.header(&origin, b"/", later), None);
    }

    #[test]
    fn prefixes_are_enforced_and_loopback_is_secure() {
        assert!(jar(&["__Host-s=1; Secure; Path=/x"]).is_empty());
        assert!(jar(&["__Secure-s=1; Path=/"]).is_empty());
        let mut jar = Jar::new();
        jar.store(
            &origin("http://127.0.0.1:4101"),
            b"/",
            &["s=1; Secure; Path=/"],
            now(),
        );
        assert!(
            jar.header(&origin("http://127.0.0.1:4101"), b"/", now())
                .is_some()
        );
        let mut jar = Jar::new();
        jar.store(
            &origin("http://op.example"),
            b"/",
            &["s=1; Secure; Path=/"],
            now(),
        );
        assert!(jar.is_empty());
    }

    #[test]
    fn a_foreign_domain_is_refused_and_a_parent_covers_its_children() {
        assert!(jar(&["a=1; Domain=evil.test"]).is_empty());
        let jar = jar(&["a=1; Domain=op.example; Path=/"]);
        assert!(
            jar.header(&origin("https://apps.op.example"), b"/", now())
                .is_some()
        );
    }

    #[test]
    fn the_freest_cookie_says_how_far_a_request_goes() {
        let origin = origin("https://auth.op.example");
        let mode = |fields: &[&str]| jar(fields).same_site(&origin, b"/", now());
        assert_eq!(
            mode(&["a=1; Path=/; SameSite=Lax", "b=1; Path=/; SameSite=strict"]),
            Some(SameSite::Confined)
        );
        assert_eq!(
            mode(&["a=1; Path=/; SameSite=Lax", "b=1; Path=/"]),
            Some(SameSite::Unstated)
        );
        assert_eq!(
            mode(&["a=1; Path=/", "b=1; Path=/; Secure; SameSite=None"]),
            Some(SameSite::Everywhere)
        );
        assert_eq!(mode(&["a=1; Path=/elsewhere"]), None);
    }

    #[test]
    fn longer_paths_come_first() {
        let jar = jar(&["a=1; Path=/", "b=2; Path=/env"]);
        assert_eq!(
            jar.header(&origin("https://auth.op.example"), b"/env", now())
                .as_deref(),
            Some("b=2; a=1")
        );
    }

    proptest! {
        #[test]
        fn any_field_is_taken_or_refused_without_panic(field in ".*", path in ".*") {
            let mut jar = Jar::new();
            jar.store(&origin("https://op.example"), path.as_bytes(), &[field], now());
            let _ = jar.header(&origin("https://op.example"), path.as_bytes(), now());
        }
    }
}

//! What comes in and what goes out, as values: a request as it was sent and a response as it will be written.

use serde::Deserialize;

/// A request as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The method, as sent (methods are case-sensitive, RFC 9110 section 9.1).
    pub method: String,
    /// The request target with its query: origin-form (`/as/signoff?state=x`) or absolute-form, untouched.
    pub target: String,
    /// Whether it came over TLS.
    pub secure: bool,
    /// Header fields in order, repeats kept; values are octets.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The content.
    pub body: Vec<u8>,
}

impl Request {
    /// A `GET` without header fields.
    pub fn get(target: impl Into<String>) -> Self {
        Self {
            method: "GET".into(),
            target: target.into(),
            secure: false,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// A `POST` of a form (`application/x-www-form-urlencoded`), its body already encoded.
    pub fn post_form(target: impl Into<String>, body: impl Into<Vec<u8>>) -> Self {
        let mut request =
            Self::get(target).with_header("Content-Type", "application/x-www-form-urlencoded");
        request.method = "POST".into();
        request.body = body.into();
        request
    }

    /// The same request with one more header field.
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<Vec<u8>>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The same request, come over TLS.
    pub fn over_tls(mut self) -> Self {
        self.secure = true;
        self
    }

    /// The first value of a header field.
    pub fn header(&self, name: &str) -> Option<&[u8]> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_slice())
    }
}

/// A response as it is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// Header fields in order; every value is visible ASCII, spaces included.
    pub headers: Vec<(String, String)>,
    /// The content.
    pub body: Vec<u8>,
}

impl Response {
    /// The first value of a header field.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// Every value of a header field.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let name = name.to_owned();
        self.headers
            .iter()
            .filter(move |(known, _)| known.eq_ignore_ascii_case(&name))
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    pub(crate) fn text(status: u16, text: &str) -> Self {
        Self::empty(status)
            .with("Content-Type", "text/plain; charset=utf-8")
            .with("Cache-Control", "no-store")
            .with("X-Content-Type-Options", "nosniff")
            .with_body(format!("{text}\n"))
    }

    pub(crate) fn json(status: u16, value: &serde_json::Value) -> Self {
        Self::empty(status)
            .with("Content-Type", "application/json")
            .with("Cache-Control", "no-store")
            .with("X-Content-Type-Options", "nosniff")
            .with_body(value.to_string())
    }

    /// Adds a header field. Octets that may not stand in one are left out: a value can never end its own field.
    pub(crate) fn with(mut self, name: &str, value: impl AsRef<str>) -> Self {
        let value = value.as_ref();
        let allowed = |octet: &u8| matches!(octet, b' '..=b'~');
        let value = if value.as_bytes().iter().all(allowed) {
            value.to_owned()
        } else {
            value.chars().filter(|c| matches!(c, ' '..='~')).collect()
        };
        self.headers.push((name.to_owned(), value));
        self
    }

    /// The same answer without a header field.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers
            .retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self
    }

    /// The same answer with every value of a header field rewritten.
    pub(crate) fn rewritten(mut self, name: &str, rewrite: impl Fn(&str) -> String) -> Self {
        for (known, value) in &mut self.headers {
            if known.eq_ignore_ascii_case(name) {
                *value = rewrite(value);
            }
        }
        self
    }

    /// The same answer with every deletion of a cookie rewritten.
    pub(crate) fn with_deletions(self, rewrite: impl Fn(&str) -> String) -> Self {
        self.rewritten("Set-Cookie", |cookie| {
            if cookie.contains("Max-Age=0") || cookie.contains("1970") {
                rewrite(cookie)
            } else {
                cookie.to_owned()
            }
        })
    }

    /// The same page with something put in before its end; what is no page stays as it is.
    pub(crate) fn with_content(mut self, content: &str) -> Self {
        let html = self
            .header("Content-Type")
            .is_some_and(|kind| kind.starts_with("text/html"));
        if html {
            let page = String::from_utf8_lossy(&self.body).into_owned();
            self.body = page
                .replacen("</body>", &format!("{content}</body>"), 1)
                .into_bytes();
        }
        self
    }

    /// The same JSON object after a change; what is none stays as it is.
    pub(crate) fn with_members(
        mut self,
        change: impl Fn(&mut serde_json::Map<String, serde_json::Value>),
    ) -> Self {
        if let Ok(serde_json::Value::Object(mut members)) = serde_json::from_slice(&self.body) {
            change(&mut members);
            self.body = serde_json::Value::Object(members).to_string().into_bytes();
        }
        self
    }

    fn with_body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    pub(crate) fn html(status: u16, page: String) -> Self {
        Self::empty(status)
            .with("Content-Type", "text/html; charset=utf-8")
            .with("Cache-Control", "no-store")
            .with("X-Content-Type-Options", "nosniff")
            .with("Referrer-Policy", "no-referrer")
            .with_body(page)
    }

    /// A content of some type, and nothing else.
    pub(crate) fn content(status: u16, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::empty(status)
            .with("Content-Type", kind)
            .with_body(body)
    }

    pub(crate) fn redirect(status: u16, location: &str) -> Self {
        Self::empty(status)
            .with("Location", location)
            .with("Cache-Control", "no-store")
    }

    pub(crate) fn not_allowed(allow: &str) -> Self {
        Self::text(405, &format!("This endpoint takes {allow}.")).with("Allow", allow)
    }
}

/// How much of a request is read. More is refused with a message that names the limit.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Octets of the request target; 414 beyond.
    pub target: usize,
    /// Octets of all header names and values together; 431 beyond.
    pub headers: usize,
    /// Number of header fields; 431 beyond.
    pub header_count: usize,
    /// Octets of the content; 413 beyond.
    pub body: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            target: 60_000,
            headers: 64 * 1024,
            header_count: 100,
            body: 1024 * 1024,
        }
    }
}

impl Limits {
    pub(crate) fn refuse(&self, request: &Request) -> Option<Response> {
        let headers: usize = request
            .headers
            .iter()
            .map(|(n, v)| n.len().saturating_add(v.len()))
            .sum();
        let too_much = [
            (
                414,
                "request target",
                request.target.len(),
                self.target,
                "octets",
            ),
            (
                431,
                "number of header fields",
                request.headers.len(),
                self.header_count,
                "fields",
            ),
            (431, "header section", headers, self.headers, "octets"),
            (413, "content", request.body.len(), self.body, "octets"),
        ];
        too_much
            .into_iter()
            .find(|(_, _, found, limit, _)| found > limit)
            .map(|(status, what, found, limit, unit)| {
                Response::text(
                    status,
                    &format!("The {what} has {found} {unit}; at most {limit} are read."),
                )
            })
    }
}

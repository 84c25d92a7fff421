//! HTTP messages as bytes: what was sent and what came back, nothing normalised.

use crate::params::Params;
use crate::uri::{Origin, target_of};

/// A request. `target` is the request target exactly as it goes over the wire, mostly in origin form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// `GET`, `POST` ...
    pub method: String,
    /// Scheme, host and port the request is sent to.
    pub origin: Origin,
    /// Path and query, unescaped and unescaping nothing.
    pub target: Vec<u8>,
    /// Header fields in order, without `Host`, `Content-Length` and `Connection`, which the transport adds.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The content.
    pub body: Vec<u8>,
}

impl Request {
    /// A GET of an absolute http(s) URL, its path and query taken as text.
    pub fn get(url: &str) -> Option<Self> {
        Some(Request {
            method: "GET".to_owned(),
            origin: Origin::of(url)?,
            target: target_of(url).into_bytes(),
            headers: Vec::new(),
            body: Vec::new(),
        })
    }

    /// A POST of a form to an absolute http(s) URL.
    pub fn post_form(url: &str, form: &Params) -> Option<Self> {
        let mut request = Request::get(url)?;
        "POST".clone_into(&mut request.method);
        request.body = form.encode().into_bytes();
        Some(request.with_header("Content-Type", "application/x-www-form-urlencoded"))
    }

    /// Adds a header field.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: impl Into<Vec<u8>>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// Path and query of the target, whether it is in origin form or in absolute form (RFC 9112 section 3.2).
    pub fn origin_form(&self) -> &[u8] {
        let target = self.target.as_slice();
        let scheme = ["http://", "https://"].into_iter().find(|scheme| {
            let begin = target.get(..scheme.len());
            begin.is_some_and(|begin| begin.eq_ignore_ascii_case(scheme.as_bytes()))
        });
        let Some(scheme) = scheme else {
            return target;
        };
        let rest = &target[scheme.len()..];
        let end = rest.iter().position(|byte| b"/?#".contains(byte));
        &rest[end.unwrap_or(rest.len())..]
    }

    /// The URL that was asked for, for display and for resolving relative references.
    pub fn url(&self) -> String {
        let behind = String::from_utf8_lossy(self.origin_form());
        format!("{}{behind}", self.origin)
    }

    /// The raw path, without the query.
    pub fn path(&self) -> &[u8] {
        self.origin_form()
            .split(|&byte| byte == b'?')
            .next()
            .unwrap_or(&[])
    }

    /// The parameters of the query string.
    pub fn query(&self) -> Params {
        let target = self.origin_form();
        match target.iter().position(|&byte| byte == b'?') {
            Some(at) => Params::parse(&target[at + 1..]),
            None => Params::new(),
        }
    }

    /// The parameters of the form body; none when the content type is another one.
    pub fn form(&self) -> Params {
        if self.has_form() {
            Params::parse(&self.body)
        } else {
            Params::new()
        }
    }

    /// True when the content type is that of a form whose parameters are URL-encoded.
    pub fn has_form(&self) -> bool {
        self.header("Content-Type").is_some_and(|value| {
            value
                .to_ascii_lowercase()
                .starts_with(b"application/x-www-form-urlencoded")
        })
    }

    /// The first field with this name, in any case of letters.
    pub fn header(&self, name: &str) -> Option<&[u8]> {
        field(&self.headers, name)
    }
}

/// A response as it came, its header fields in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// Header fields in order, names as sent.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The content, with transfer coding removed.
    pub body: Vec<u8>,
}

impl Response {
    /// The first field with this name as text, in any case of letters.
    pub fn header(&self, name: &str) -> Option<String> {
        field(&self.headers, name).map(|value| String::from_utf8_lossy(value).into_owned())
    }

    /// Every field with this name, as text.
    pub fn all(&self, name: &str) -> Vec<String> {
        let same = self
            .headers
            .iter()
            .filter(|(n, _)| n.eq_ignore_ascii_case(name));
        same.map(|(_, value)| String::from_utf8_lossy(value).into_owned())
            .collect()
    }

    /// The raw `Location`, when the status is one that browsers follow (RFC 9110 section 15.4).
    pub fn location(&self) -> Option<String> {
        matches!(self.status, 301 | 302 | 303 | 307 | 308)
            .then(|| self.header("Location"))
            .flatten()
    }

    /// The content as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// True when the content type says HTML.
    pub fn is_html(&self) -> bool {
        self.header("Content-Type").is_some_and(|value| {
            let value = value.to_ascii_lowercase();
            value.starts_with("text/html") || value.starts_with("application/xhtml+xml")
        })
    }
}

fn field<'a>(headers: &'a [(String, Vec<u8>)], name: &str) -> Option<&'a [u8]> {
    headers
        .iter()
        .find(|(n, _)| n.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.as_slice())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_absolute_form_asks_for_the_same_as_its_origin_form() {
        let origin_form =
            Request::get("https://op.example/end?a=b&c=http://x/").expect("an address");
        for target in [
            &b"https://op.example/end?a=b&c=http://x/"[..],
            b"HTTPS://OP.EXAMPLE/end?a=b&c=http://x/",
        ] {
            let absolute = Request {
                target: target.to_vec(),
                ..origin_form.clone()
            };
            assert_eq!(absolute.path(), b"/end");
            assert_eq!(absolute.query(), origin_form.query());
            assert_eq!(absolute.url(), origin_form.url());
        }
        for (target, path) in [
            (&b"http://h"[..], &b""[..]),
            (b"http://h?x", b""),
            (b"*", b"*"),
            (b"/http://h/x", b"/http://h/x"),
        ] {
            let request = Request {
                target: target.to_vec(),
                ..origin_form.clone()
            };
            assert_eq!(request.path(), path);
        }
    }
}

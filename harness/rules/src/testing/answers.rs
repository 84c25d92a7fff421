//! Answers of an IdP, in a few words.

use signoff_oidc::Response;

/// A page that asks whether to sign off.
pub(crate) fn asks() -> Response {
    page(
        200,
        r#"<form method="post" action="/end/confirm"><input type="hidden" name="xsrf" value="x1"><button name="logout" value="yes">Yes, sign me out</button></form>"#,
    )
}

/// A page that says that something is wrong.
pub(crate) fn error() -> Response {
    page(400, "<h1>Something is wrong</h1>")
}

/// A page that says that the person is signed off.
pub(crate) fn signed_off() -> Response {
    page(200, "<h1>You are signed out</h1>")
}

/// An empty page, as a target gives that answers everything so.
pub(crate) fn blank() -> Response {
    page(200, "")
}

/// Any HTML page.
pub(crate) fn page(status: u16, html: &str) -> Response {
    Response {
        status,
        headers: vec![("Content-Type".to_owned(), b"text/html".to_vec())],
        body: html.as_bytes().to_vec(),
    }
}

/// A redirect.
pub(crate) fn redirect(status: u16, location: &str) -> Response {
    Response {
        status,
        headers: vec![("Location".to_owned(), location.as_bytes().to_vec())],
        body: Vec::new(),
    }
}

/// A JSON document.
pub(crate) fn json(status: u16, text: &str) -> Response {
    Response {
        status,
        headers: vec![("Content-Type".to_owned(), b"application/json".to_vec())],
        body: text.as_bytes().to_vec(),
    }
}

/// The answer with one more header field.
pub(crate) fn with_header(mut answer: Response, name: &str, value: &str) -> Response {
    answer
        .headers
        .push((name.to_owned(), value.as_bytes().to_vec()));
    answer
}

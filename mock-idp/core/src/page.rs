//! Pages for people: plain HTML that needs no script, may not be framed, and shows nothing unescaped. The tests of
//! `mock-idp/server/tests/pages` look at them in a browser.

use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::http::Response;
use crate::parameters::Parameters;

const STYLE: &str = include_str!("page/style.css");

static STYLE_DIGEST: LazyLock<String> = LazyLock::new(|| digest(STYLE));

const SUBMIT: &str = "document.forms[0].submit()";

/// Text made safe for element content and for quoted attribute values.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// A page. There is no `form-action` in its policy: browsers apply that to the redirect after the form, too.
pub(crate) fn page(status: u16, title: &str, content: &str) -> Response {
    secured(Response::html(status, document(title, content)), "")
}

/// A page in another language than English (BCP 47).
pub(crate) fn page_in(language: &str, status: u16, title: &str, content: &str) -> Response {
    secured(
        Response::html(status, document_in(language, title, content)),
        "",
    )
}

/// A page that anybody may frame.
pub(crate) fn unprotected(language: &str, status: u16, title: &str, content: &str) -> Response {
    Response::html(status, document_in(language, title, content))
}

/// A page of a host that serves frames and scripts of its own.
pub(crate) fn of_host(status: u16, title: &str, content: &str) -> Response {
    let style = digest(STYLE);
    Response::html(status, document(title, content))
        .with("X-Frame-Options", "SAMEORIGIN")
        .with(
            "Content-Security-Policy",
            format!(
                "default-src 'self'; style-src '{style}'; object-src 'none'; frame-ancestors 'none'; base-uri 'self'"
            ),
        )
}

/// A page with a form that a browser submits by itself, for `response_mode=form_post`.
pub(crate) fn self_submitting(action: &str, fields: &[(&str, String)]) -> Response {
    let inputs: String = fields
        .iter()
        .map(|(name, value)| hidden(name, value))
        .collect();
    let content = format!(
        "<form method=\"post\" action=\"{}\">{inputs}<button>Continue</button></form><script>{SUBMIT}</script>",
        escape(action)
    );
    let allowed = format!("; script-src '{}'", digest(SUBMIT));
    secured(
        Response::html(200, document("Continue", &content)),
        &allowed,
    )
}

/// A page that sends the browser away by script.
pub(crate) fn script_redirect(target: &str) -> Response {
    let literal = serde_json::Value::from(target)
        .to_string()
        .replace('<', "\\u003c");
    let content = format!("<p>Signing off.</p><script>location.replace({literal})</script>");
    Response::html(200, document("Signing off", &content))
}

/// A page that is the way back, with a link to follow.
pub(crate) fn onward_link(target: &str) -> Response {
    let content = format!(
        "<p>You are signed out.</p><p><a href=\"{}\">Return to the application</a></p>",
        escape(target)
    );
    page(200, "Signed out", &content)
}

/// The same with a button. A form that is sent by GET replaces the query of its address, so that is in its fields.
pub(crate) fn onward_button(target: &str) -> Response {
    let (before, fragment) = target.split_once('#').unwrap_or((target, ""));
    let (address, query) = before.split_once('?').unwrap_or((before, ""));
    let address = if fragment.is_empty() {
        address.to_owned()
    } else {
        format!("{address}#{fragment}")
    };
    let fields: String = Parameters::parse(query.as_bytes())
        .iter()
        .map(|(name, value)| hidden(&text(name), &text(value)))
        .collect();
    let content = format!(
        "<p>You are signed out.</p><form method=\"get\" action=\"{}\">{fields}\
         <button>Return to the application</button></form>",
        escape(&address)
    );
    page(200, "Signed out", &content)
}

fn text(octets: &[u8]) -> String {
    String::from_utf8_lossy(octets).into_owned()
}

/// The same, and the browser goes by itself.
pub(crate) fn refreshing(target: &str) -> Response {
    let content = format!(
        "<p>You are signed out.</p><meta http-equiv=\"refresh\" content=\"0;url={}\">",
        escape(target)
    );
    page(200, "Signed out", &content)
}

/// A page of nothing but this script, for others to frame.
pub(crate) fn framed_script(title: &str, script: &str) -> Response {
    let response = Response::html(200, document(title, &format!("<script>{script}</script>")));
    let (style, script) = (&*STYLE_DIGEST, digest(script));
    response.with(
        "Content-Security-Policy",
        format!("default-src 'none'; style-src '{style}'; script-src '{script}'; base-uri 'none'"),
    )
}

const GO_ON: &str =
    "addEventListener('load',()=>location.replace(document.getElementById('next').href))";

/// How many seconds a frame that never answers holds the browser up.
const PATIENCE: u8 = 5;

/// A page that loads the given addresses unseen and then goes on. The load event waits for the frames; the `Refresh`
/// is for those that never answer, and for browsers without script.
pub(crate) fn signing_off(frames: &[String], next: &str) -> Response {
    let frames: Vec<_> = frames
        .iter()
        .map(|address| format!("<iframe src=\"{}\" hidden></iframe>", escape(address)))
        .collect();
    let frames = frames.concat();
    let content = format!(
        "<p>Signing off from your applications. <a id=\"next\" href=\"{}\">Continue</a></p>{frames}\
         <script>{GO_ON}</script>",
        escape(next)
    );
    let allowed = format!("; frame-src http: https:; script-src '{}'", digest(GO_ON));
    secured(
        Response::html(200, document("Signing off", &content)),
        &allowed,
    )
    .with("Refresh", format!("{PATIENCE}; url={next}"))
}

/// A hidden field.
pub(crate) fn hidden(name: &str, value: &str) -> String {
    format!(
        "<input type=\"hidden\" name=\"{}\" value=\"{}\">",
        escape(name),
        escape(value)
    )
}

fn document(title: &str, content: &str) -> String {
    document_in("en", title, content)
}

fn document_in(language: &str, title: &str, content: &str) -> String {
    let title = escape(title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
         <style>{STYLE}</style></head>\n<body><main><h1>{title}</h1>\n{content}\n</main></body></html>\n"
    )
}

fn secured(response: Response, more: &str) -> Response {
    let style = &*STYLE_DIGEST;
    response.with("X-Frame-Options", "DENY").with(
        "Content-Security-Policy",
        format!(
            "default-src 'none'; style-src '{style}'; base-uri 'none'; frame-ancestors 'none'{more}"
        ),
    )
}

fn digest(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

/// The sign-on form: where it goes, what it carries, the name to start with, what went wrong just now, and what stands
/// below it.
pub(crate) struct SignOnForm<'a> {
    pub(crate) action: &'a str,
    pub(crate) carried: (&'a str, &'a str),
    pub(crate) username: &'a str,
    pub(crate) notice: Option<&'a str>,
    pub(crate) below: &'a str,
}

/// What a page says of a user name and a password that do not go together.
pub(crate) const INCORRECT: &str = "Incorrect user name or password.";

/// Something a person must not miss, read out by a screen reader.
pub(crate) fn alert(notice: Option<&str>) -> String {
    notice
        .map(|notice| format!("<p role=\"alert\">{}</p>", escape(notice)))
        .unwrap_or_default()
}

impl SignOnForm<'_> {
    pub(crate) fn page(&self) -> Response {
        let content = format!(
            "{notice}<form method=\"post\" action=\"{action}\">{carried}\
             <label>User name <input name=\"username\" value=\"{username}\" autocomplete=\"username\" \
             autocapitalize=\"none\" spellcheck=\"false\" required{name_first}></label>\
             <label>Password <input name=\"password\" type=\"password\" autocomplete=\"current-password\" \
             required{password_first}></label><button>Sign on</button></form>{below}",
            notice = alert(self.notice),
            // Where the keys go first: to what is to be typed.
            name_first = autofocus(self.username.is_empty()),
            password_first = autofocus(!self.username.is_empty()),
            below = self.below,
            action = escape(self.action),
            carried = hidden(self.carried.0, self.carried.1),
            username = escape(self.username),
        );
        page(200, "Sign on", &content)
    }
}

fn autofocus(here: bool) -> &'static str {
    if here { " autofocus" } else { "" }
}

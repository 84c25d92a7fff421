//! The exception is written onto the page, with what it was about.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::page::escape;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "error-leaks-internals",
    summary: "shows a stack trace with the token of the request on error pages",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["CSS-09", "CSS-11"])],
    stands_on: &["J-07", "U-07"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, incoming: &Incoming, response: Response) -> Response {
    if response.status < 400 || !incoming.is_about_signing_off() {
        return response;
    }
    let sent = incoming.parameters();
    let hint = sent.text("id_token_hint").unwrap_or_default();
    response.with_content(&format!(
        "<pre>java.lang.IllegalArgumentException: {}\n\tat com.example.Logout.end(Logout.java:42)</pre>",
        escape(hint)
    ))
}

//! The pages of the plain provider.

use crate::http::Response;
use crate::logout::Farewell;
use crate::page::{self, SignOnForm, escape, hidden};
use crate::realm::{Realm, Site};
use crate::refusal::Refusal;
use crate::uri;

pub(crate) fn sign_on(realm: &Realm, transaction: &str, username: &str, failed: bool) -> Response {
    let action = format!("{}/sign-in", realm.base(Site::Default));
    SignOnForm {
        action: &action,
        carried: ("transaction", transaction),
        username,
        notice: failed.then_some(page::INCORRECT),
        below: "",
    }
    .page()
}

/// The question. It says who asks and what will follow, with nothing of a hint that failed.
pub(crate) fn question(realm: &Realm, confirmation: &str, farewell: &Farewell) -> Response {
    let client = farewell
        .client
        .as_deref()
        .and_then(|id| realm.tenant.client(id));
    let asked_by =
        client.map(|client| format!("<p>{} asks you to sign out.</p>", escape(&client.name)));
    let content = format!(
        "{}{}<p>Do you want to sign out?</p>\
         <form method=\"post\" action=\"{}\">{}\
         <button name=\"answer\" value=\"yes\">Yes, sign out</button>\
         <button name=\"answer\" value=\"no\">No, stay signed in</button></form>",
        asked_by.unwrap_or_default(),
        refused_target(realm, farewell.refused_target.as_deref()),
        escape(&format!(
            "{}/end-session/confirm",
            realm.base(Site::Default)
        )),
        hidden("confirmation", confirmation),
    );
    shown(realm, 200, "Sign out", &content)
}

fn refused_target(realm: &Realm, target: Option<&[u8]>) -> String {
    let Some(target) = target else {
        return String::new();
    };
    let text = String::from_utf8_lossy(target);
    let text = if realm.policy.answer.values_escaped {
        escape(&text)
    } else {
        text.into_owned()
    };
    if realm.policy.answer.refused_target_linked {
        return format!("<p>Go on to <a href=\"{text}\">{text}</a></p>");
    }
    format!("<p>You will not be sent on to <code>{text}</code>.</p>")
}

fn shown(realm: &Realm, status: u16, title: &str, content: &str) -> Response {
    let guarded = realm.policy.confirmation.frames_forbidden && realm.policy.answer.values_escaped;
    if guarded {
        page::page(status, title, content)
    } else {
        page::unprotected(status, title, content)
    }
}

pub(crate) fn sign_off_error(realm: &Realm, refusal: Refusal, target: Option<&[u8]>) -> Response {
    let (message, parameter) = if realm.policy.answer.vague {
        ("The request failed.", "error")
    } else {
        (refusal.message(), refusal.parameter())
    };
    let content = format!(
        "<p>{message} (<code>{parameter}</code>)</p>{}",
        refused_target(realm, target)
    );
    shown(realm, 400, "The request is not valid", &content)
}

pub(crate) fn signed_off(realm: &Realm, state: Option<&[u8]>) -> Response {
    match state {
        None => signed_off_page(),
        Some(state) => {
            let page = format!("{}/signed-out", realm.base(Site::Default));
            Response::redirect(
                303,
                &uri::with_parameters(page.as_bytes(), &[("state", state)]),
            )
        }
    }
}

pub(crate) fn signed_off_page() -> Response {
    page::page(200, "Signed out", "<p>You are signed out.</p>")
}

pub(crate) fn still_signed_in() -> Response {
    page::page(200, "Still signed in", "<p>You are still signed in.</p>")
}

pub(crate) fn question_expired() -> Response {
    page::page(
        400,
        "Sign out",
        "<p>This question was answered already or is not for this browser. Start again.</p>",
    )
}

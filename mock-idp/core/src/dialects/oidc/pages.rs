//! The pages of the plain provider.

use super::words::{Words, words};
use crate::config::QuestionKind;
use crate::http::Response;
use crate::logout::{Farewell, POSTED_BACK};
use crate::page::{self, SignOnForm, escape, hidden};
use crate::policy::Outcome;
use crate::realm::{Incoming, Realm, Site};
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

/// Whether an application may act while the person is not signed in, or whatever else it asked consent for.
pub(crate) fn consent(realm: &Realm, transaction: &str, client: &str, scope: &str) -> Response {
    let name = realm
        .tenant
        .client(client)
        .map_or(client, |client| &client.name);
    let offline = scope.split(' ').any(|scope| scope == "offline_access");
    let content = format!(
        "<p>{} wants to know who you are{}.</p><form method=\"post\" action=\"{}\">{}\
         <button name=\"answer\" value=\"allow\">Allow</button>\
         <button name=\"answer\" value=\"deny\">Deny</button></form>",
        escape(name),
        if offline {
            ", and to act for you while you are away"
        } else {
            ""
        },
        escape(&format!("{}/consent", realm.base(Site::Default))),
        hidden("transaction", transaction),
    );
    page::page(200, "Consent", &content)
}

/// The question. It says who asks and what will follow, with nothing of a hint that failed.
pub(crate) fn question(realm: &Realm, confirmation: &str, farewell: &Farewell) -> Response {
    let words = words(&farewell.locales);
    let client = farewell
        .client
        .as_deref()
        .and_then(|id| realm.tenant.client(id));
    let asked_by =
        client.map(|client| format!("<p>{} {}</p>", escape(&client.name), words.asks_you));
    let content = format!(
        "{}{}{}<p>{}</p>{}",
        if farewell.failed { FAILED } else { "" },
        asked_by.unwrap_or_default(),
        refused_target(realm, farewell.refused_target.as_deref()),
        words.question,
        answers(realm, confirmation, farewell, words),
    );
    let status = if farewell.failed {
        realm.policy.answer.error_status
    } else {
        200
    };
    shown(realm, words.language, status, words.sign_out, &content)
}

const FAILED: &str =
    "<p role=\"alert\">The request is not valid. You can sign out all the same.</p>";

/// What the person answers with.
fn answers(realm: &Realm, confirmation: &str, farewell: &Farewell, words: &Words) -> String {
    let action = format!("{}/end-session/confirm", realm.base(Site::Default));
    let (yes, no) = (words.yes, words.no);
    let posted_back = match (realm.policy.confirmation.outcome, &farewell.target) {
        (Outcome::AsPostedBack, Some(target)) => {
            hidden(POSTED_BACK, &String::from_utf8_lossy(target))
        }
        _ => String::new(),
    };
    let form = |method: &str| {
        format!(
            "<form method=\"{method}\" action=\"{}\">{}\
             <button name=\"answer\" value=\"yes\">{yes}</button>\
             <button name=\"answer\" value=\"no\">{no}</button></form>",
            escape(&action),
            hidden("confirmation", confirmation) + &posted_back,
        )
    };
    let link = |answer: &str, text: &str| {
        let given: [(&str, &[u8]); 2] = [
            ("confirmation", confirmation.as_bytes()),
            ("answer", answer.as_bytes()),
        ];
        let address = uri::with_parameters(action.as_bytes(), &given);
        format!("<p><a href=\"{}\">{text}</a></p>", escape(&address))
    };
    match realm.policy.confirmation.kind {
        QuestionKind::PostForm => form("post"),
        QuestionKind::GetForm => form("get"),
        QuestionKind::Links => format!("{}{}", link("yes", yes), link("no", no)),
    }
}

/// The redirect to the page on which the question stands.
pub(crate) fn question_elsewhere(realm: &Realm, confirmation: &str) -> Response {
    let page = format!("{}/end-session/question", realm.base(Site::Default));
    let named = [("confirmation", confirmation.as_bytes())];
    Response::redirect(303, &uri::with_parameters(page.as_bytes(), &named))
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

fn shown(realm: &Realm, language: &str, status: u16, title: &str, content: &str) -> Response {
    let guarded = realm.policy.confirmation.frames_forbidden && realm.policy.answer.values_escaped;
    if guarded {
        page::page_in(language, status, title, content)
    } else {
        page::unprotected(language, status, title, content)
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
    let status = realm.policy.answer.error_status;
    shown(realm, "en", status, "The request is not valid", &content)
}

pub(crate) fn signed_off(realm: &Realm, farewell: &Farewell, state: Option<&[u8]>) -> Response {
    let words = words(&farewell.locales);
    if state.is_none() && !realm.policy.confirmation.elsewhere {
        return signed_off_in(words);
    }
    let page = format!("{}/signed-out", realm.base(Site::Default));
    let mut parameters = Vec::new();
    if !farewell.locales.is_empty() {
        parameters.push(("ui_locales", words.language.as_bytes()));
    }
    parameters.extend(state.map(|state| ("state", state)));
    Response::redirect(303, &uri::with_parameters(page.as_bytes(), &parameters))
}

/// The page at an address of its own.
pub(crate) fn signed_off_page(incoming: &Incoming) -> Response {
    let locales = incoming.query.text("ui_locales").unwrap_or_default();
    signed_off_in(words(locales))
}

fn signed_off_in(words: &Words) -> Response {
    let content = format!("<p>{}</p>", words.you_are_signed_out);
    page::page_in(words.language, 200, words.signed_out, &content)
}

pub(crate) fn still_signed_in(farewell: &Farewell) -> Response {
    let words = words(&farewell.locales);
    let content = format!("<p>{}</p>", words.you_are_still_signed_in);
    page::page_in(words.language, 200, words.still_signed_in, &content)
}

pub(crate) fn question_expired() -> Response {
    page::page(
        400,
        "Sign out",
        "<p>This question was answered already or is not for this browser. Start again.</p>",
    )
}

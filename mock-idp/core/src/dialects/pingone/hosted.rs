//! The hosted pages at `/signon/`: sign on, signed off, error. They work without script.

use serde_json::Value;

use super::{cookies, flows};
use crate::http::Response;
use crate::page::{self, SignOnForm, escape};
use crate::realm::{Incoming, Realm, Site};

pub(crate) fn respond(realm: &mut Realm, incoming: &Incoming) -> Response {
    match incoming.request.method.as_str() {
        "POST" => sign_on_submitted(realm, incoming),
        "GET" if incoming.query.octets("error").is_some() => error(realm, incoming),
        "GET" => match incoming.query.text("flowId") {
            Some(id) => flow_page(realm, incoming, id),
            None => landing(),
        },
        _ => Response::not_allowed("GET, POST"),
    }
}

/// The form. It is sent to the authorization server's host, whose cookies it needs.
pub(crate) fn sign_on(
    realm: &Realm,
    site: Site,
    flow: &str,
    username: &str,
    failed: bool,
) -> Response {
    let action = format!("{}/signon/", realm.base(site));
    SignOnForm {
        action: &action,
        carried: ("flowId", flow),
        username,
        failed,
    }
    .page()
}

fn flow_page(realm: &Realm, incoming: &Incoming, id: &str) -> Response {
    let flow = realm
        .store
        .flows
        .find(id)
        .filter(|flow| flow.expires > incoming.now);
    match flow {
        Some(flow) if flow.completed.is_none() => sign_on(
            realm,
            incoming.site,
            id,
            &flow.authorization.login_hint,
            false,
        ),
        _ => page::page(
            404,
            "Sign on",
            "<p>This sign-on has expired. Go back to the application.</p>",
        ),
    }
}

fn sign_on_submitted(realm: &mut Realm, incoming: &Incoming) -> Response {
    let form = incoming.parameters();
    let id = form.text("flowId").unwrap_or_default();
    let found = realm
        .store
        .flows
        .find(id)
        .filter(|flow| flow.expires > incoming.now && flow.completed.is_none());
    let Some(flow) = found.filter(|flow| cookies::sent(incoming).contains(&flow.cookie)) else {
        let sorry = "<p>This sign-on has expired or was begun in another browser. Go back to the application.</p>";
        return page::page(400, "Sign on", sorry);
    };
    let id = flow.id.clone();
    let username = form.text("username").unwrap_or_default();
    let password = form.text("password").unwrap_or_default();
    match flows::complete(realm, incoming, &id, username, password) {
        Some(session) => {
            let resume = format!("{}/as/resume?flowId={id}", realm.base(incoming.site));
            cookies::set(
                realm,
                incoming.site,
                Response::redirect(302, &resume),
                &session.cookie,
            )
        }
        None => sign_on(realm, incoming.site, &id, username, true),
    }
}

/// The page behind `#signedOff` and `#signedOut`. A server never sees the fragment, so the browser shows the part that is named.
fn landing() -> Response {
    let signed_off = ["signedOff", "signedOut"].map(|part| {
        format!(
            "<section id=\"{part}\" class=\"shown-when-named\"><h2>Signed off</h2>\
             <p>You have signed off.</p></section>"
        )
    });
    let content = format!(
        "{}<p>To sign on, go to the application you want to use.</p>",
        signed_off.concat()
    );
    page::page(200, "PingOne", &content)
}

/// The error page. Its address can be made up by anybody, so nothing in it is trusted.
fn error(realm: &Realm, incoming: &Incoming) -> Response {
    let sent = incoming.query.octets("error").unwrap_or_default();
    let error: Value = serde_json::from_slice(sent).unwrap_or_default();
    let shown = |value: &Value| {
        let text = value.as_str().unwrap_or_default();
        if realm.policy.answer.values_escaped {
            escape(text)
        } else {
            text.to_owned()
        }
    };
    let details: Vec<_> = error["details"]
        .as_array()
        .into_iter()
        .flatten()
        .take(16)
        .map(|detail| {
            let (code, target) = (shown(&detail["code"]), shown(&detail["target"]));
            format!(
                "<li><code>{code}</code> <code>{target}</code>: {}</li>",
                shown(&detail["message"])
            )
        })
        .collect();
    let content = format!(
        "<p>{}</p><dl><dt>ID</dt><dd>{}</dd><dt>Code</dt><dd>{}</dd></dl><ul>{}</ul>",
        shown(&error["message"]),
        shown(&error["id"]),
        shown(&error["code"]),
        details.concat(),
    );
    if realm.policy.answer.values_escaped {
        page::page(200, "Error", &content)
    } else {
        page::unprotected(200, "Error", &content)
    }
}

//! The hosted pages at `/signon/`: sign on, signed off, error. They work without script.

use serde_json::Value;

use super::{cookies, errors, flows};
use crate::accounts::Denied;
use crate::http::Response;
use crate::page::{self, SignOnForm, escape, hidden};
use crate::realm::{Incoming, Realm, Site};
use crate::sessions::Session;

pub(crate) fn respond(realm: &mut Realm, incoming: &Incoming) -> Response {
    match incoming.request.method.as_str() {
        "POST" => submitted(realm, incoming),
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
    notice: Option<&str>,
) -> Response {
    let action = action(realm, site);
    let below = if flow.is_empty() {
        String::new()
    } else {
        choices(realm, &action, flow)
    };
    SignOnForm {
        action: &action,
        carried: ("flowId", flow),
        username,
        notice,
        below: &below,
    }
    .page()
}

fn action(realm: &Realm, site: Site) -> String {
    format!("{}/signon/", realm.base(site))
}

/// More users than this are not offered: a page of buttons helps nobody.
const OFFERED: usize = 12;

/// What else a person may do: go back without signing on, and (no product has that) be somebody by one click.
fn choices(realm: &Realm, action: &str, flow: &str) -> String {
    let users = &realm.tenant.users;
    let offered = realm.tenant.sign_on.users_offered && users.len() <= OFFERED;
    let users: Vec<_> = users
        .iter()
        .filter(|user| offered && user.enabled)
        .map(|user| {
            let (id, name) = (escape(&user.id), escape(&user.username));
            format!("<button name=\"user\" value=\"{id}\">{name}</button>")
        })
        .collect();
    let offer = if users.is_empty() {
        String::new()
    } else {
        let users = users.concat();
        format!(
            "<fieldset><legend>This is a mock: sign on without a password as</legend>{users}</fieldset>"
        )
    };
    format!(
        "<form method=\"post\" action=\"{}\">{}{offer}\
         <button name=\"deny\" value=\"true\">Go back without signing on</button></form>",
        escape(action),
        hidden("flowId", flow),
    )
}

/// The form for another password, for somebody who has just given the one they have.
fn password_change(realm: &Realm, site: Site, flow: &str, notice: Option<&str>) -> Response {
    let content = format!(
        "{}<p>Choose another password to go on.</p><form method=\"post\" action=\"{}\">{}\
         <label>Current password <input name=\"currentPassword\" type=\"password\" \
         autocomplete=\"current-password\" required autofocus></label>\
         <label>New password <input name=\"newPassword\" type=\"password\" autocomplete=\"new-password\" \
         required></label><button>Save and sign on</button></form>",
        page::alert(notice),
        escape(&action(realm, site)),
        hidden("flowId", flow),
    );
    page::page(200, "Choose a password", &content)
}

fn flow_page(realm: &Realm, incoming: &Incoming, id: &str) -> Response {
    let flow = realm
        .store
        .flows
        .find(id)
        .filter(|flow| flow.expires > incoming.now);
    match flow {
        Some(flow) if flow.held_up.is_some() => password_change(realm, incoming.site, id, None),
        Some(flow) if flow.completed.is_none() => {
            let username = &flow.authorization.login_hint;
            sign_on(realm, incoming.site, id, username, None)
        }
        _ => page::page(
            404,
            "Sign on",
            "<p>This sign-on has expired. Go back to the application.</p>",
        ),
    }
}

fn submitted(realm: &mut Realm, incoming: &Incoming) -> Response {
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
    if form.octets("deny").is_some() {
        return gone_back(realm, &id);
    }
    match (form.text("user"), form.text("newPassword")) {
        (Some(user), _) if realm.tenant.sign_on.users_offered => {
            let vouched = realm.vouch(user, incoming.now);
            let admitted =
                vouched.map(|identified| flows::admitted(realm, incoming, &id, identified));
            signed_on_or_not(realm, incoming, &id, "", admitted)
        }
        (_, Some(new)) => {
            let current = form.text("currentPassword").unwrap_or_default();
            password_chosen(realm, incoming, &id, current, new)
        }
        _ => {
            let username = form.text("username").unwrap_or_default();
            let password = form.text("password").unwrap_or_default();
            let submitted = flows::submitted(realm, incoming, &id, username, password);
            signed_on_or_not(realm, incoming, &id, username, submitted)
        }
    }
}

/// The person will not sign on, which the application learns (Core section 3.1.2.6).
fn gone_back(realm: &mut Realm, id: &str) -> Response {
    match realm.store.flows.take(id) {
        Some(flow) => {
            let reply = flow.authorization.reply;
            reply.error("access_denied", "The user did not sign on.")
        }
        None => errors::not_found(realm),
    }
}

fn signed_on_or_not(
    realm: &Realm,
    incoming: &Incoming,
    id: &str,
    username: &str,
    outcome: Result<Option<Session>, Denied>,
) -> Response {
    let notice = match outcome {
        Ok(Some(session)) => return resumed(realm, incoming, id, &session),
        Ok(None) => return password_change(realm, incoming.site, id, None),
        Err(Denied::WrongCredentials { .. }) => page::INCORRECT,
        Err(Denied::LockedOut { .. }) => "Too many attempts. This account is locked.",
    };
    sign_on(realm, incoming.site, id, username, Some(notice))
}

fn password_chosen(
    realm: &mut Realm,
    incoming: &Incoming,
    id: &str,
    current: &str,
    new: &str,
) -> Response {
    match flows::changed(realm, incoming, id, current, new) {
        Some(Ok(session)) => resumed(realm, incoming, id, &session),
        Some(Err(refused)) => password_change(realm, incoming.site, id, Some(refused.message())),
        None => sign_on(realm, incoming.site, id, "", None),
    }
}

fn resumed(realm: &Realm, incoming: &Incoming, id: &str, session: &Session) -> Response {
    let resume = format!("{}/as/resume?flowId={id}", realm.base(incoming.site));
    let response = Response::redirect(302, &resume);
    cookies::set(realm, incoming.site, response, &session.cookie)
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
        page::unprotected("en", 200, "Error", &content)
    }
}

//! `/flows/{id}`: a sign-on as a conversation in JSON.

use serde_json::{Value, json};

use super::sign_on::{accepts_json_only, answer_of};
use super::{cookies, errors};
use crate::accounts::{Denied, Identified, PasswordRefused};
use crate::clock::after;
use crate::config::PasswordStatus;
use crate::http::Response;
use crate::parameters::media_type;
use crate::realm::{Incoming, Realm};
use crate::sessions::{Flow, Session};

const CHECK_PASSWORD: &str = "application/vnd.pingidentity.usernamepassword.check+json";
const CHANGE_PASSWORD: &str = "application/vnd.pingidentity.password.reset+json";
const RESET: &str = "application/vnd.pingidentity.session.reset+json";

pub(crate) fn respond(realm: &mut Realm, incoming: &Incoming) -> Response {
    let id = incoming.path.strip_prefix("/flows/").unwrap_or_default();
    if !matches!(incoming.request.method.as_str(), "GET" | "POST") {
        return Response::not_allowed("GET, POST");
    }
    if accepts_json_only(incoming) {
        return errors::media_type(realm, 406).answer();
    }
    let Some(flow) = realm
        .store
        .flows
        .find(id)
        .filter(|flow| flow.expires > incoming.now)
    else {
        return errors::not_found(realm);
    };
    if !cookies::sent(incoming).contains(&flow.cookie) {
        return errors::access_failed(realm).answer();
    }
    touch(realm, incoming, id);
    if !incoming.is_post() {
        return shown(realm, incoming, id);
    }
    match media_type(incoming.request).as_deref() {
        Some(CHECK_PASSWORD) => check_password(realm, incoming, id),
        Some(CHANGE_PASSWORD) => change_password(realm, incoming, id),
        Some(RESET) => {
            if let Some(flow) = realm.store.flows.find_mut(id) {
                flow.completed = None;
                flow.held_up = None;
            }
            shown(realm, incoming, id)
        }
        _ => errors::media_type(realm, 415).answer(),
    }
}

/// A flow lives for a quarter of an hour of inactivity.
fn touch(realm: &mut Realm, incoming: &Incoming, id: &str) {
    let expires = after(incoming.now, realm.tenant.lifetimes.flow);
    if let Some(flow) = realm.store.flows.find_mut(id) {
        flow.expires = expires;
    }
}

/// Two members of the content, both texts.
fn two_texts(incoming: &Incoming, names: [&'static str; 2]) -> Result<[String; 2], &'static str> {
    let body: Value = serde_json::from_slice(&incoming.request.body).map_err(|_| "body")?;
    let text = |name: &'static str| body[name].as_str().map(str::to_owned).ok_or(name);
    Ok([text(names[0])?, text(names[1])?])
}

fn missing(realm: &mut Realm, name: &str) -> Response {
    errors::invalid_value(realm, name, "The member is missing or no text.").answer()
}

fn check_password(realm: &mut Realm, incoming: &Incoming, id: &str) -> Response {
    let [username, password] = match two_texts(incoming, ["username", "password"]) {
        Ok(given) => given,
        Err(name) => return missing(realm, name),
    };
    match submitted(realm, incoming, id, &username, &password) {
        Ok(session) => continued(realm, incoming, id, session.as_ref()),
        Err(denied) => errors::denied(realm, denied).answer(),
    }
}

fn change_password(realm: &mut Realm, incoming: &Incoming, id: &str) -> Response {
    let [current, new] = match two_texts(incoming, ["currentPassword", "newPassword"]) {
        Ok(given) => given,
        Err(name) => return missing(realm, name),
    };
    match changed(realm, incoming, id, &current, &new) {
        Some(Ok(session)) => continued(realm, incoming, id, Some(&session)),
        Some(Err(refused)) => errors::password_refused(realm, refused).answer(),
        None => {
            let message = "No password has to be changed in this flow.";
            errors::invalid_value(realm, "password.reset", message).answer()
        }
    }
}

fn continued(
    realm: &mut Realm,
    incoming: &Incoming,
    id: &str,
    session: Option<&Session>,
) -> Response {
    let response = shown(realm, incoming, id);
    match session {
        Some(session) => cookies::set(realm, incoming.site, response, &session.cookie),
        None => response,
    }
}

/// Takes a user name and a password in a flow of this browser. No session yet: another password must be chosen first.
pub(crate) fn submitted(
    realm: &mut Realm,
    incoming: &Incoming,
    id: &str,
    username: &str,
    password: &str,
) -> Result<Option<Session>, Denied> {
    let identified = realm.identify(username, password, incoming.now)?;
    Ok(admitted(realm, incoming, id, identified))
}

/// Signs an identified user on, unless they must choose another password first.
pub(crate) fn admitted(
    realm: &mut Realm,
    incoming: &Incoming,
    id: &str,
    identified: Identified,
) -> Option<Session> {
    if identified.password != PasswordStatus::Ok {
        let flow = realm.store.flows.find_mut(id)?;
        flow.completed = None;
        flow.held_up = Some(identified);
        return None;
    }
    complete(realm, incoming, id, &identified.user)
}

/// Takes another password from the user who is held up in a flow. None: nobody is.
pub(crate) fn changed(
    realm: &mut Realm,
    incoming: &Incoming,
    id: &str,
    current: &str,
    new: &str,
) -> Option<Result<Session, PasswordRefused>> {
    let user = realm.store.flows.find(id)?.held_up.clone()?.user;
    match realm.change_password(&user, current, new) {
        Ok(()) => complete(realm, incoming, id, &user).map(Ok),
        Err(refused) => Some(Err(refused)),
    }
}

fn complete(realm: &mut Realm, incoming: &Incoming, id: &str, user: &str) -> Option<Session> {
    let before = realm.session(incoming);
    let old = realm.store.flows.find(id)?.cookie.clone();
    let session = realm.start_session(user, before.as_ref(), incoming);
    // Other flows that this browser has open go on under the new cookie.
    for flow in realm
        .store
        .flows
        .values_mut()
        .filter(|flow| flow.cookie == old)
    {
        flow.cookie.clone_from(&session.cookie);
    }
    let flow = realm.store.flows.find_mut(id)?;
    flow.completed = Some(session.id.clone());
    flow.held_up = None;
    Some(session)
}

/// The flow as it stands.
pub(crate) fn shown(realm: &mut Realm, incoming: &Incoming, id: &str) -> Response {
    match realm.store.flows.find(id) {
        Some(flow) => Response::json(200, &described(realm, incoming, flow)),
        None => errors::not_found(realm),
    }
}

/// A flow that needed nobody, with the code it came to.
pub(crate) fn finished(realm: &mut Realm, incoming: &Incoming, id: &str) -> Response {
    let Some(flow) = realm.store.flows.take(id) else {
        return errors::not_found(realm);
    };
    let mut description = described(realm, incoming, &flow);
    if let Some(members) = description.as_object_mut() {
        members.remove("resumeUrl");
    }
    let session = flow
        .completed
        .as_deref()
        .and_then(|id| realm.store.session(id))
        .cloned();
    if let Some(session) = session {
        let answer = answer_of(realm, incoming, flow.authorization, &session);
        description["authorizeResponse"] = answer;
    }
    Response::json(200, &description)
}

fn status(flow: &Flow, signed_on: bool) -> &'static str {
    match &flow.held_up {
        _ if signed_on => "COMPLETED",
        Some(held_up) => held_up.password.name(),
        None => "USERNAME_PASSWORD_REQUIRED",
    }
}

fn described(realm: &Realm, incoming: &Incoming, flow: &Flow) -> Value {
    let url = format!("{}/flows/{}", realm.base(incoming.site), flow.id);
    let application = realm
        .tenant
        .client(&flow.authorization.client)
        .map(|client| client.name.as_str());
    let mut links = json!({ "self": { "href": url } });
    let mut embedded = json!({ "application": { "name": application } });
    let session = flow
        .completed
        .as_deref()
        .and_then(|id| realm.store.session(id));
    let status = status(flow, session.is_some());
    match status {
        "COMPLETED" => {}
        "USERNAME_PASSWORD_REQUIRED" => links["usernamePassword.check"] = json!({ "href": url }),
        _ => links["password.reset"] = json!({ "href": url }),
    }
    let known = flow.held_up.as_ref().map(|held_up| held_up.user.as_str());
    let known = session.map(|session| session.user.as_str()).or(known);
    if let Some(user) = known.and_then(|id| realm.tenant.user(id)) {
        embedded["user"] = json!({
            "id": user.id,
            "username": user.username,
            "name": { "given": user.given_name, "family": user.family_name },
        });
    }
    let mut description = json!({
        "_links": links,
        "id": flow.id,
        "environment": { "id": realm.tenant.id },
        "resumeUrl": format!("{}/as/resume?flowId={}", realm.base(incoming.site), flow.id),
        "status": status,
        "createdAt": flow.created.to_string(),
        "expiresAt": flow.expires.to_string(),
        "_embedded": embedded,
    });
    if let Some(session) = session {
        description["session"] = json!({ "id": session.id });
    }
    description
}

//! `/flows/{id}`: a sign-on as a conversation in JSON.

use serde_json::{Value, json};

use super::sign_on::accepts_json_only;
use super::{cookies, errors};
use crate::clock::after;
use crate::http::Response;
use crate::parameters::media_type;
use crate::realm::{Incoming, Realm};
use crate::sessions::{Flow, Session};

const CHECK_PASSWORD: &str = "application/vnd.pingidentity.usernamepassword.check+json";
const RESET: &str = "application/vnd.pingidentity.session.reset+json";

pub(crate) fn respond(realm: &mut Realm, incoming: &Incoming, id: &str) -> Response {
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
        Some(RESET) => {
            if let Some(flow) = realm.store.flows.find_mut(id) {
                flow.completed = None;
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

fn check_password(realm: &mut Realm, incoming: &Incoming, id: &str) -> Response {
    let Ok(body) = serde_json::from_slice::<Value>(&incoming.request.body) else {
        return errors::invalid_value(realm, "body", "The content is no JSON.").answer();
    };
    let (Some(username), Some(password)) = (body["username"].as_str(), body["password"].as_str())
    else {
        return errors::invalid_value(realm, "username", "User name and password are required.")
            .answer();
    };
    match complete(realm, incoming, id, username, password) {
        Some(session) => {
            let response = shown(realm, incoming, id);
            cookies::set(realm, incoming.site, response, &session.cookie)
        }
        None => errors::invalid_credentials(realm).answer(),
    }
}

/// Signs a user on in a flow of this browser; none if the password is not theirs.
pub(crate) fn complete(
    realm: &mut Realm,
    incoming: &Incoming,
    id: &str,
    username: &str,
    password: &str,
) -> Option<Session> {
    let user = realm.authenticate(username, password)?;
    let before = realm.session(incoming);
    let old = realm.store.flows.find(id)?.cookie.clone();
    let session = realm.start_session(&user, before.as_ref(), incoming.now);
    // Other flows that this browser has open go on under the new cookie.
    for flow in realm
        .store
        .flows
        .values_mut()
        .filter(|flow| flow.cookie == old)
    {
        flow.cookie.clone_from(&session.cookie);
    }
    realm.store.flows.find_mut(id)?.completed = Some(session.id.clone());
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
        let state = flow.authorization.reply.state.clone();
        let mut answer = json!({ "code": flow.authorization.grant(realm, &session, incoming.now) });
        if let Some(state) = state {
            answer["state"] = String::from_utf8_lossy(&state).into_owned().into();
        }
        description["authorizeResponse"] = answer;
    }
    Response::json(200, &description)
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
    if session.is_none() {
        links["usernamePassword.check"] = json!({ "href": url });
    }
    if let Some(user) = session.and_then(|session| realm.tenant.user(&session.user)) {
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
        "status": if session.is_some() { "COMPLETED" } else { "USERNAME_PASSWORD_REQUIRED" },
        "createdAt": flow.created.to_string(),
        "expiresAt": flow.expires.to_string(),
        "_embedded": embedded,
    });
    if let Some(session) = session {
        description["session"] = json!({ "id": session.id });
    }
    description
}

//! Sessions: those of a user, for whoever manages the environment, and the one of the cookie that is sent along.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::collection::Collection;
use super::error::ApiError;
use super::reader::Reader;
use super::users::found;
use super::{Call, Outcome};
use crate::clock::after;
use crate::http::Response;
use crate::realm::Realm;
use crate::sessions::Session;

/// The sessions of a user that were not ended; those that nobody used for too long are among them.
pub(super) fn of_user(realm: &mut Realm, call: &Call) -> Outcome {
    let user = found(realm, call)?.id.clone();
    let sessions = realm.store.remembered(&user).into_iter();
    let newest_first = sessions.rev().filter(|session| !session.ended);
    Collection {
        name: "sessions",
        link: call.link(&format!("/users/{user}/sessions")),
        ids: newest_first.map(|session| session.id.clone()).collect(),
        written: &|id| Some(described(realm, call, realm.store.session(id)?)),
    }
    .page(call)
}

fn described(realm: &Realm, call: &Call, session: &Session) -> Value {
    let idle = realm.tenant.lifetimes.session_idle;
    let of_user = call.link(&format!("/users/{}", session.user));
    let mut description = json!({
        "_links": {
            "self": { "href": format!("{of_user}/sessions/{}", session.id) },
            "environment": { "href": call.link("") },
            "user": { "href": of_user },
        },
        "id": session.id,
        "environment": { "id": realm.tenant.id },
        "user": { "id": session.user },
        "activeAt": session.last_seen.to_string(),
        "createdAt": session.created.to_string(),
        "expiresAt": after(session.last_seen, idle).to_string(),
        "idleTimeoutInMinutes": idle / 60,
        "lastSignOn": {
            "at": session.auth_time.to_string(),
            "authenticators": ["pwd"],
            "withAuthenticator": { "pwd": { "at": session.auth_time.to_string() } },
        },
        "userAgent": session.user_agent,
    });
    let browser = named_in(&session.user_agent, &BROWSERS);
    if let Some(browser) = browser {
        description["browser"] = json!({ "name": browser });
    }
    if let Some(system) = named_in(&session.user_agent, &SYSTEMS) {
        description["operatingSystem"] = json!({ "name": system });
    }
    description
}

/// What a browser calls itself, the more particular first: most of them claim to be the others, too.
const BROWSERS: [(&str, &str); 5] = [
    ("Edg/", "Edge"),
    ("Chrome/", "Chrome"),
    ("Firefox/", "Firefox"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
];

const SYSTEMS: [(&str, &str); 5] = [
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

fn named_in(agent: &str, names: &[(&str, &'static str)]) -> Option<&'static str> {
    let known = names.iter().find(|(part, _)| agent.contains(part));
    known.map(|(_, name)| *name)
}

fn shown(realm: &Realm, call: &Call, session: &Session) -> Response {
    Response::json(200, &described(realm, call, session))
}

fn session_of_user<'a>(realm: &'a Realm, call: &Call) -> Result<&'a Session, ApiError> {
    let session = realm.store.session(call.id(2));
    session
        .filter(|session| session.user == call.id(1) && !session.ended)
        .ok_or(ApiError::NotFound)
}

pub(super) fn read_of_user(realm: &mut Realm, call: &Call) -> Outcome {
    let session = session_of_user(realm, call)?;
    Ok(shown(realm, call, session))
}

pub(super) fn delete_of_user(realm: &mut Realm, call: &Call) -> Outcome {
    let id = session_of_user(realm, call)?.id.clone();
    realm.end_session(&id);
    Ok(Response::empty(204))
}

pub(super) fn read(realm: &mut Realm, call: &Call) -> Outcome {
    let session = realm.store.session(call.id(1));
    let session = session.filter(|session| !session.ended);
    Ok(shown(realm, call, session.ok_or(ApiError::NotFound)?))
}

/// The live session of the cookie.
fn own(realm: &mut Realm, call: &Call) -> Result<Session, ApiError> {
    realm.session(call.incoming).ok_or(ApiError::NotFound)
}

pub(super) fn read_own(realm: &mut Realm, call: &Call) -> Outcome {
    let session = own(realm, call)?;
    Ok(shown(realm, call, &session))
}

pub(super) fn delete_own(realm: &mut Realm, call: &Call) -> Outcome {
    let session = own(realm, call)?;
    realm.end_session(&session.id);
    Ok(Response::empty(204))
}

/// What a call says of a session.
struct Said {
    user: Option<String>,
    token: Option<String>,
    user_agent: Option<String>,
    active_at: Option<Timestamp>,
}

fn said(content: &mut Reader) -> Said {
    let user = content.inside("user", |user| user.required_text("id"));
    let active_at = content.text("activeAt").map(|text| text.parse());
    if matches!(active_at, Some(Err(_))) {
        content.refuse_value("activeAt", "must be a time with an offset");
    }
    // How the user signed on, and for how long that is good, is the environment's business here.
    content.inert(&["lastSignOn", "idleTimeoutInMinutes"]);
    content.ignore(&["id", "environment", "createdAt", "expiresAt", "locations"]);
    Said {
        user: user.flatten(),
        token: content.text("token"),
        user_agent: content.text("userAgent"),
        active_at: active_at.and_then(Result::ok),
    }
}

/// A session that was begun elsewhere. Its token is the value of the cookie it can be continued with.
pub(super) fn create(realm: &mut Realm, call: &Call) -> Outcome {
    let mut content = Reader::of(call.incoming)?;
    if !content.has("user") {
        content.required_text("user");
    }
    let said = said(&mut content);
    content.finish()?;
    let user = said.user.unwrap_or_default();
    if realm.tenant.user(&user).is_none() {
        return Err(ApiError::invalid("user.id", "There is no such user."));
    }
    let begun = realm.start_session(&user, None, call.incoming);
    if let Some(token) = &said.token
        && !realm.store.renamed(&begun.id, token)
    {
        realm.end_session(&begun.id);
        return Err(ApiError::taken("token"));
    }
    noted(realm, &begun.id, said.user_agent, said.active_at);
    let session = realm.store.session(&begun.id).ok_or(ApiError::NotFound)?;
    Ok(Response::json(201, &described(realm, call, session)))
}

pub(super) fn update_own(realm: &mut Realm, call: &Call) -> Outcome {
    let session = own(realm, call)?;
    let mut content = Reader::of(call.incoming)?;
    let said = said(&mut content);
    if said.user.is_some_and(|user| user != session.user) {
        content.refuse_value("user.id", "cannot be changed");
    }
    content.finish()?;
    noted(realm, &session.id, said.user_agent, said.active_at);
    read_own(realm, call)
}

fn noted(realm: &mut Realm, id: &str, agent: Option<String>, active_at: Option<Timestamp>) {
    if let Some(agent) = agent {
        realm.store.described_as(id, &agent);
    }
    if let Some(at) = active_at {
        realm.store.last_used(id, at);
    }
}

//! Users.

mod filter;

use serde_json::{Map, Value, json};

use super::collection::Collection;
use super::error::ApiError;
use super::reader::Reader;
use super::{Call, Outcome};
use crate::config::{PasswordStatus, User};
use crate::http::Response;
use crate::parameters::media_type;
use crate::realm::Realm;

/// More than this are not kept.
const MOST: usize = 10_000;

const IMPORT: &str = "application/vnd.pingidentity.user.import+json";
const LOCK: &str = "application/vnd.pingidentity.account.lock+json";
const UNLOCK: &str = "application/vnd.pingidentity.account.unlock+json";

/// Documented members without a meaning here.
const INERT: [&str; 15] = [
    "accountId",
    "address",
    "externalId",
    "locale",
    "mobilePhone",
    "nickname",
    "photo",
    "preferredLanguage",
    "primaryPhone",
    "timezone",
    "title",
    "type",
    "lifecycle",
    "mfaEnabled",
    "verifyStatus",
];

const READ_ONLY: [&str; 9] = [
    "id",
    "environment",
    "account",
    "lastSignOn",
    "createdAt",
    "updatedAt",
    "emailVerified",
    "identityProvider",
    "memberOfGroupIDs",
];

pub(super) fn list(realm: &mut Realm, call: &Call) -> Outcome {
    let filter = filter::asked_for(call)?;
    let users = realm.tenant.users.iter();
    Collection {
        name: "users",
        link: call.link("/users"),
        ids: users
            .filter(|user| filter.admits(realm, user))
            .map(|user| user.id.clone())
            .collect(),
        written: &|id| Some(described(realm, call, realm.tenant.user(id)?)),
    }
    .page(call)
}

fn described(realm: &Realm, call: &Call, user: &User) -> Value {
    let link = call.link(&format!("/users/{}", user.id));
    let locked = realm.locked_out(&user.id, call.incoming.now).is_some();
    let mut description = json!({
        "_links": {
            "self": { "href": link },
            "password": { "href": format!("{link}/password") },
            "sessions": { "href": format!("{link}/sessions") },
        },
        "id": user.id,
        "environment": { "id": realm.tenant.id },
        "account": {
            "canAuthenticate": user.enabled && !locked,
            "status": if locked { "LOCKED" } else { "OK" },
        },
        "email": user.email,
        "enabled": user.enabled,
        "lifecycle": { "status": "ACCOUNT_OK" },
        "name": { "given": user.given_name, "family": user.family_name },
        "population": { "id": realm.directory.population_of(&user.id) },
        "username": user.username,
    });
    let account = realm.accounts.get(&user.id);
    if let Some(at) = account.and_then(|account| account.last_sign_on) {
        description["lastSignOn"] = json!({ "at": at.to_string() });
    }
    realm.directory.record(&user.id).add_to(&mut description);
    description
}

pub(super) fn found<'a>(realm: &'a Realm, call: &Call) -> Result<&'a User, ApiError> {
    realm.tenant.user(call.id(1)).ok_or(ApiError::NotFound)
}

pub(super) fn changing<'a>(realm: &'a mut Realm, call: &Call) -> Result<&'a mut User, ApiError> {
    let mut users = realm.tenant.users.iter_mut();
    users
        .find(|user| user.id == call.id(1))
        .ok_or(ApiError::NotFound)
}

pub(super) fn read(realm: &mut Realm, call: &Call) -> Outcome {
    let user = found(realm, call)?;
    Ok(Response::json(200, &described(realm, call, user)))
}

/// What a call says of a user.
struct Said {
    user: User,
    population: Option<String>,
    inert: Map<String, Value>,
}

/// Reads a user. Members that are left out stay as they were before; in a new or replaced user, those two must be there.
fn said(content: &mut Reader, before: User, complete: bool) -> Said {
    let mut text = |name: &str| {
        if complete {
            content.required_text(name)
        } else {
            content.text(name)
        }
    };
    let (email, username) = (text("email"), text("username"));
    let name = content.inside("name", |name| {
        let (given, family) = (name.text("given"), name.text("family"));
        name.inert(&["formatted", "middle", "honorificPrefix", "honorificSuffix"]);
        (given, family)
    });
    let (given, family) = name.unwrap_or_default();
    let enabled = content.flag("enabled");
    let population = content.inside("population", |population| population.required_text("id"));
    let inert = content.inert(&INERT);
    content.ignore(&READ_ONLY);
    Said {
        user: User {
            email: email.unwrap_or(before.email),
            username: username.unwrap_or(before.username),
            given_name: given.unwrap_or(before.given_name),
            family_name: family.unwrap_or(before.family_name),
            enabled: enabled.unwrap_or(before.enabled),
            ..before
        },
        population: population.flatten(),
        inert,
    }
}

/// The first password of a user; whether it must be changed at once.
fn first_password(content: &mut Reader, user: &mut User) {
    let given = content.inside("password", |password| {
        let value = password.required_text("value");
        (value, password.flag("forceChange").unwrap_or(false))
    });
    let Some((Some(value), force)) = given else {
        return;
    };
    user.password = value;
    user.password_status = if force {
        PasswordStatus::MustChangePassword
    } else {
        PasswordStatus::Ok
    };
}

fn blank(id: String) -> User {
    User {
        given_name: String::new(),
        family_name: String::new(),
        email: String::new(),
        ..User::new(id, "", "")
    }
}

fn acceptable(realm: &Realm, said: &Said) -> Result<(), ApiError> {
    let mut others = realm.tenant.users.iter();
    if others.any(|known| known.id != said.user.id && known.username == said.user.username) {
        return Err(ApiError::taken("username"));
    }
    let population = said.population.as_deref();
    if population.is_some_and(|id| realm.directory.population(id).is_none()) {
        return Err(ApiError::invalid(
            "population.id",
            "There is no such population.",
        ));
    }
    Ok(())
}

pub(super) fn create(realm: &mut Realm, call: &Call) -> Outcome {
    if realm.tenant.users.len() >= MOST {
        return Err(ApiError::too_many());
    }
    let mut content = Reader::of_type(call.incoming, &["application/json", IMPORT])?;
    let mut said = said(&mut content, blank(realm.random.uuid()), true);
    first_password(&mut content, &mut said.user);
    content.finish()?;
    acceptable(realm, &said)?;
    let id = said.user.id.clone();
    realm.directory.made(&id, call.incoming.now, said.inert);
    place(realm, &id, said.population);
    let response = Response::json(201, &described(realm, call, &said.user));
    realm.tenant.users.push(said.user);
    Ok(response)
}

fn place(realm: &mut Realm, user: &str, population: Option<String>) {
    if let Some(population) = population {
        realm.directory.of_user.insert(user.to_owned(), population);
    }
}

pub(super) fn replace(realm: &mut Realm, call: &Call) -> Outcome {
    let before = found(realm, call)?;
    let kept = User {
        password: before.password.clone(),
        password_status: before.password_status,
        enabled: before.enabled,
        locked: before.locked,
        ..blank(before.id.clone())
    };
    updated(realm, call, kept, true)
}

pub(super) fn change(realm: &mut Realm, call: &Call) -> Outcome {
    let before = found(realm, call)?.clone();
    updated(realm, call, before, false)
}

fn updated(realm: &mut Realm, call: &Call, before: User, complete: bool) -> Outcome {
    let mut content = Reader::of(call.incoming)?;
    let said = said(&mut content, before, complete);
    content.finish()?;
    acceptable(realm, &said)?;
    let (id, now) = (said.user.id.clone(), call.incoming.now);
    if complete {
        realm.directory.changed(&id, now, said.inert);
    } else {
        realm.directory.added_to(&id, now, said.inert);
    }
    place(realm, &id, said.population);
    *changing(realm, call)? = said.user;
    read(realm, call)
}

/// An action on the account, told by the media type.
pub(super) fn lock_or_unlock(realm: &mut Realm, call: &Call) -> Outcome {
    let id = found(realm, call)?.id.clone();
    let action = media_type(call.incoming.request).unwrap_or_default();
    if action == LOCK {
        changing(realm, call)?.locked = true;
    } else if action == UNLOCK {
        realm.unlock(&id);
    } else {
        return Err(ApiError::MediaType);
    }
    read(realm, call)
}

/// A user who is gone is signed off everywhere.
pub(super) fn delete(realm: &mut Realm, call: &Call) -> Outcome {
    let id = found(realm, call)?.id.clone();
    for session in realm.store.sessions_of(&id) {
        realm.end_session(&session);
    }
    realm.tenant.users.retain(|user| user.id != id);
    realm.accounts.remove(&id);
    realm.directory.gone(&id);
    Ok(Response::empty(204))
}

pub(super) fn enabled(realm: &mut Realm, call: &Call) -> Outcome {
    let user = found(realm, call)?;
    let description = json!({
        "_links": { "self": { "href": call.link(&format!("/users/{}/enabled", user.id)) } },
        "enabled": user.enabled,
    });
    Ok(Response::json(200, &description))
}

pub(super) fn set_enabled(realm: &mut Realm, call: &Call) -> Outcome {
    found(realm, call)?;
    let mut content = Reader::of(call.incoming)?;
    let on = content.required_flag("enabled").unwrap_or_default();
    content.ignore(&[]);
    content.finish()?;
    changing(realm, call)?.enabled = on;
    enabled(realm, call)
}

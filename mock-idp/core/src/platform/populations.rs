//! Populations: every user is in one.

use serde_json::{Value, json};

use super::collection::Collection;
use super::directory::Population;
use super::error::ApiError;
use super::reader::Reader;
use super::{Call, Outcome};
use crate::http::Response;
use crate::realm::Realm;

/// More than this are not kept.
const MOST: usize = 1_000;

const INERT: [&str; 3] = ["passwordPolicy", "preferredLanguage", "theme"];
const READ_ONLY: [&str; 5] = ["id", "environment", "userCount", "createdAt", "updatedAt"];

pub(super) fn list(realm: &mut Realm, call: &Call) -> Outcome {
    let populations = &realm.directory.populations;
    Collection {
        name: "populations",
        link: call.link("/populations"),
        ids: populations.iter().map(|known| known.id.clone()).collect(),
        written: &|id| Some(described(realm, call, realm.directory.population(id)?)),
    }
    .page(call)
}

fn described(realm: &Realm, call: &Call, population: &Population) -> Value {
    let id = &population.id;
    let mut description = json!({
        "_links": { "self": { "href": call.link(&format!("/populations/{id}")) } },
        "id": id,
        "environment": { "id": realm.tenant.id },
        "name": population.name,
        "default": population.usual,
        "userCount": members(realm, id),
    });
    if let Some(text) = &population.description {
        description["description"] = text.as_str().into();
    }
    realm.directory.record(id).add_to(&mut description);
    description
}

fn members(realm: &Realm, population: &str) -> usize {
    let users = realm.tenant.users.iter();
    users
        .filter(|user| realm.directory.population_of(&user.id) == population)
        .count()
}

fn found<'a>(realm: &'a Realm, call: &Call) -> Result<&'a Population, ApiError> {
    let known = realm.directory.population(call.id(1));
    known.ok_or(ApiError::NotFound)
}

pub(super) fn read(realm: &mut Realm, call: &Call) -> Outcome {
    let population = found(realm, call)?;
    Ok(Response::json(200, &described(realm, call, population)))
}

pub(super) fn create(realm: &mut Realm, call: &Call) -> Outcome {
    let id = realm.random.uuid();
    if realm.directory.populations.len() >= MOST {
        return Err(ApiError::too_many());
    }
    let response = written(realm, call, &id, true)?;
    Ok(response)
}

pub(super) fn update(realm: &mut Realm, call: &Call) -> Outcome {
    let id = found(realm, call)?.id.clone();
    written(realm, call, &id, false)
}

fn written(realm: &mut Realm, call: &Call, id: &str, new: bool) -> Outcome {
    let mut content = Reader::of(call.incoming)?;
    let name = content.required_text("name").unwrap_or_default();
    let description = content.text("description");
    let usual = content.flag("default").unwrap_or(false);
    let inert = content.inert(&INERT);
    content.ignore(&READ_ONLY);
    content.finish()?;
    let populations = &mut realm.directory.populations;
    if populations
        .iter()
        .any(|known| known.name == name && known.id != id)
    {
        return Err(ApiError::taken("name"));
    }
    let was_usual = populations
        .iter()
        .any(|known| known.id == id && known.usual);
    if usual {
        for known in populations.iter_mut() {
            known.usual = false;
        }
    }
    let population = Population {
        id: id.to_owned(),
        name,
        description,
        usual: usual || was_usual,
    };
    match populations.iter_mut().find(|known| known.id == id) {
        Some(known) => *known = population.clone(),
        None => populations.push(population.clone()),
    }
    let (status, now) = (if new { 201 } else { 200 }, call.incoming.now);
    if new {
        realm.directory.made(id, now, inert);
    } else {
        realm.directory.changed(id, now, inert);
    }
    Ok(Response::json(status, &described(realm, call, &population)))
}

pub(super) fn delete(realm: &mut Realm, call: &Call) -> Outcome {
    let population = found(realm, call)?;
    let id = population.id.clone();
    if population.usual || members(realm, &id) > 0 {
        let message = "the default population and one with users cannot be deleted";
        return Err(ApiError::invalid("population", message));
    }
    realm.directory.populations.retain(|known| known.id != id);
    realm.directory.gone(&id);
    Ok(Response::empty(204))
}

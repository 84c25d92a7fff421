//! Applications and their secrets.

mod members;

use serde_json::{Value, json};

use super::collection::Collection;
use super::error::ApiError;
use super::reader::Reader;
use super::{Call, Outcome};
use crate::config::Client;
use crate::http::Response;
use crate::realm::Realm;

/// More than this are not kept.
const MOST: usize = 10_000;

pub(super) fn list(realm: &mut Realm, call: &Call) -> Outcome {
    let clients = &realm.tenant.clients;
    Collection {
        name: "applications",
        link: call.link("/applications"),
        ids: clients.iter().map(|client| client.id.clone()).collect(),
        written: &|id| Some(described(realm, call, realm.tenant.client(id)?)),
    }
    .page(call)
}

fn described(realm: &Realm, call: &Call, client: &Client) -> Value {
    let link = call.link(&format!("/applications/{}", client.id));
    let mut description = members::written(client);
    description["_links"] = json!({
        "self": { "href": link },
        "environment": { "href": call.link("") },
        "secret": { "href": format!("{link}/secret") },
    });
    description["environment"] = json!({ "id": realm.tenant.id });
    let record = realm.directory.record(&client.id);
    record.add_to(&mut description);
    description
}

fn found<'a>(realm: &'a Realm, call: &Call) -> Result<&'a Client, ApiError> {
    realm.tenant.client(call.id(1)).ok_or(ApiError::NotFound)
}

pub(super) fn read(realm: &mut Realm, call: &Call) -> Outcome {
    let client = found(realm, call)?;
    Ok(Response::json(200, &described(realm, call, client)))
}

pub(super) fn create(realm: &mut Realm, call: &Call) -> Outcome {
    if realm.tenant.clients.len() >= MOST {
        return Err(ApiError::too_many());
    }
    let mut content = Reader::of(call.incoming)?;
    let blank = Client::confidential("", "");
    let read = members::read(&mut content, blank);
    content.finish()?;
    let (mut client, inert) = read;
    client.id = realm.random.uuid();
    client.secret = client
        .token_endpoint_auth
        .has_secret()
        .then(|| realm.random.opaque());
    if realm
        .tenant
        .clients
        .iter()
        .any(|known| known.name == client.name)
    {
        return Err(ApiError::taken("name"));
    }
    realm.directory.made(&client.id, call.incoming.now, inert);
    let response = Response::json(201, &described(realm, call, &client));
    realm.tenant.clients.push(client);
    Ok(response)
}

/// Everything is replaced but the identifier, the secret and what only the configuration of the mock can set.
pub(super) fn update(realm: &mut Realm, call: &Call) -> Outcome {
    let before = found(realm, call)?.clone();
    let mut content = Reader::of(call.incoming)?;
    let (mut client, inert) = members::read(&mut content, before);
    content.finish()?;
    if !client.token_endpoint_auth.has_secret() {
        client.secret = None;
    } else if client.secret.is_none() {
        client.secret = Some(realm.random.opaque());
    }
    let clients = &mut realm.tenant.clients;
    let others = |known: &&Client| known.id != client.id;
    if clients
        .iter()
        .filter(others)
        .any(|known| known.name == client.name)
    {
        return Err(ApiError::taken("name"));
    }
    if let Some(known) = clients.iter_mut().find(|known| known.id == client.id) {
        known.clone_from(&client);
    }
    realm
        .directory
        .changed(&client.id, call.incoming.now, inert);
    Ok(Response::json(200, &described(realm, call, &client)))
}

pub(super) fn delete(realm: &mut Realm, call: &Call) -> Outcome {
    let id = found(realm, call)?.id.clone();
    realm.tenant.clients.retain(|client| client.id != id);
    realm.directory.gone(&id);
    Ok(Response::empty(204))
}

pub(super) fn secret(realm: &mut Realm, call: &Call) -> Outcome {
    let client = found(realm, call)?;
    let secret = client.secret.as_deref().ok_or(ApiError::NotFound)?;
    Ok(shown(call, secret))
}

/// A new secret; the one before is worth nothing at once.
pub(super) fn new_secret(realm: &mut Realm, call: &Call) -> Outcome {
    found(realm, call)?
        .secret
        .as_ref()
        .ok_or(ApiError::NotFound)?;
    let secret = realm.random.opaque();
    let mut clients = realm.tenant.clients.iter_mut();
    if let Some(client) = clients.find(|client| client.id == call.id(1)) {
        client.secret = Some(secret.clone());
    }
    Ok(shown(call, &secret))
}

fn shown(call: &Call, secret: &str) -> Response {
    let link = call.link(&format!("/applications/{}/secret", call.id(1)));
    let description = json!({
        "_links": { "self": { "href": link } },
        "environment": { "id": call.id(0) },
        "secret": secret,
    });
    Response::json(200, &description)
}

//! Dynamic Client Registration 1.0: a client makes itself known, and reads later what is known of it.

mod metadata;

use serde_json::{Value, json};

use crate::config::Registration;
use crate::http::Response;
use crate::parameters::media_type;
use crate::realm::{Incoming, Realm, Site};
use crate::sessions::Registered;
use crate::token::Refused;
use crate::userinfo::bearer;

/// So many clients register themselves at most; nobody takes them away again.
const MOST: usize = 1_000;

const TOO_MANY: Refused = Refused {
    status: 429,
    error: "temporarily_unavailable",
    description: "As many clients have registered as this provider takes.",
};

/// `POST` registers (section 3), and `GET` below it reads what is known of the client with this id (section 4).
pub(super) fn respond(realm: &mut Realm, incoming: &Incoming, id: &str) -> Response {
    let answer = match (id, incoming.request.method.as_str()) {
        ("", "POST") => register(realm, incoming),
        ("", _) => return Response::not_allowed("POST"),
        (id, "GET") => read(realm, incoming, id),
        (_, _) => return Response::not_allowed("GET"),
    };
    answer.unwrap_or_else(|refusal| refusal)
}

fn register(realm: &mut Realm, incoming: &Incoming) -> Result<Response, Response> {
    permitted(realm, incoming)?;
    if realm.store.registered.values().count() >= MOST {
        return Err(TOO_MANY.answer());
    }
    let asked = object(incoming).map_err(Refused::answer)?;
    let wanted = metadata::read(&asked, realm.policy.around.registered_uris_checked)
        .map_err(Refused::answer)?;
    let id = realm.random.uuid();
    let secret = wanted.auth.has_secret().then(|| realm.random.opaque());
    let access = realm.random.opaque();
    let mut known = wanted.known.clone();
    known["client_id"] = id.as_str().into();
    known["client_id_issued_at"] = incoming.now.as_second().into();
    if let Some(secret) = &secret {
        known["client_secret"] = secret.as_str().into();
        known["client_secret_expires_at"] = 0.into();
    }
    known["registration_access_token"] = access.as_str().into();
    known["registration_client_uri"] =
        format!("{}/register/{id}", realm.base(Site::Default)).into();
    realm.tenant.clients.push(wanted.client(id.clone(), secret));
    let registered = Registered {
        metadata: known.clone(),
        access,
    };
    realm.store.registered.put(id, registered);
    Ok(Response::json(201, &known))
}

/// An initial access token, where one is asked for (section 3).
fn permitted(realm: &Realm, incoming: &Incoming) -> Result<(), Response> {
    let sent = incoming.header_text("Authorization").and_then(bearer);
    match &realm.tenant.registration {
        Registration::Token(token) if sent != Some(token) => Err(unauthorized()),
        Registration::Open | Registration::Closed | Registration::Token(_) => Ok(()),
    }
}

/// RFC 6750 section 3.1.
fn unauthorized() -> Response {
    Response::json(401, &json!({ "error": "invalid_token" }))
        .with("WWW-Authenticate", "Bearer error=\"invalid_token\"")
}

fn object(incoming: &Incoming) -> Result<Value, Refused> {
    if media_type(incoming.request).as_deref() != Some("application/json") {
        return Err(metadata::invalid("The content must be application/json."));
    }
    serde_json::from_slice(&incoming.request.body)
        .ok()
        .filter(Value::is_object)
        .ok_or(metadata::invalid("The content is no JSON object."))
}

/// Section 4.4: an unknown client and a wrong token look alike.
fn read(realm: &Realm, incoming: &Incoming, id: &str) -> Result<Response, Response> {
    let sent = incoming.header_text("Authorization").and_then(bearer);
    let found = realm.store.registered.find(id);
    let own = found.filter(|registered| sent == Some(registered.access.as_str()));
    let known = own.filter(|_| realm.is_enabled_client(id));
    known
        .map(|registered| Response::json(200, &registered.metadata))
        .ok_or_else(unauthorized)
}

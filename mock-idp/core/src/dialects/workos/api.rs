//! The conventions of the API: keys, content, and errors in their two shapes.

use serde_json::{Map, Value, json};

use crate::http::{Request, Response};
use crate::parameters::{Parameters, media_type, names};
use crate::realm::{Incoming, Realm};

/// An error with a message.
pub(super) fn error(status: u16, code: &str, message: &str) -> Response {
    Response::json(status, &json!({ "message": message, "code": code }))
}

/// Something that does not exist.
pub(super) fn not_found(message: &str) -> Response {
    error(404, "not_found", message)
}

/// An error in the shape of RFC 6749 section 5.2.
pub(super) fn oauth_error(error: &str, description: &str) -> Response {
    let body = json!({ "error": error, "error_description": description });
    Response::json(400, &body)
}

/// The refusal of a call without a valid API key; none when it has one.
pub(super) fn unauthorized(realm: &Realm, incoming: &Incoming) -> Option<Response> {
    let sent = incoming.header_text("Authorization").unwrap_or_default();
    let key = match sent.split_once(' ') {
        Some((scheme, key)) if scheme.eq_ignore_ascii_case("Bearer") => key.trim(),
        _ => "",
    };
    let known = !realm.policy.brokering.api_key_required || is_api_key(realm, key);
    (!known).then(|| error(401, "unauthorized", "Unauthorized").with("WWW-Authenticate", "Bearer"))
}

fn is_api_key(realm: &Realm, key: &str) -> bool {
    let mut clients = realm.tenant.clients.iter();
    clients.any(|client| client.enabled && client.secret.as_deref() == Some(key))
}

/// The members of a call's content, which may be JSON or a form.
pub(super) fn content(incoming: &Incoming) -> Result<Map<String, Value>, Response> {
    match media_type(incoming.request).as_deref() {
        Some("application/json") => match serde_json::from_slice(&incoming.request.body) {
            Ok(Value::Object(members)) => Ok(members),
            _ => Err(error(
                400,
                "invalid_request",
                "The content is no JSON object.",
            )),
        },
        _ => Ok(of_form(incoming.request)),
    }
}

/// What is repeated is as good as absent: nobody can tell which one is meant.
fn of_form(request: &Request) -> Map<String, Value> {
    let form = Parameters::of_form(request);
    let names: Vec<String> = names(&request.body)
        .map(|name| String::from_utf8_lossy(&name).into_owned())
        .collect();
    let pairs = names
        .into_iter()
        .filter_map(|name| Some((name.clone(), form.text(&name)?.into())));
    pairs.collect()
}

/// A member that is text and not empty.
pub(super) fn text<'a>(members: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    members
        .get(name)
        .and_then(Value::as_str)
        .filter(|text| !text.is_empty())
}

/// The refusal of a call that lacks a member.
pub(super) fn missing(name: &str) -> Response {
    let body = json!({
        "message": "Validation failed",
        "code": "invalid_request_parameters",
        "errors": [{ "code": "required", "field": name, "message": format!("{name} is required") }],
    });
    Response::json(422, &body)
}

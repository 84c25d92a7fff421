//! Pushed authorization requests (RFC 9126): a client leaves its request here and sends the browser with a reference.

use serde_json::json;

use super::{Refused, form_of_client, refused};
use crate::authorize::{self, Rejected, ResponseMode};
use crate::clock::after;
use crate::http::Response;
use crate::parameters::Parameters;
use crate::realm::{Incoming, Realm};
use crate::sessions::Pushed;

const PREFIX: &str = "urn:ietf:params:oauth:request_uri:";
const LIFETIME: u32 = 60;

/// Answers a request that pushes an authorization request.
pub(crate) fn respond(realm: &mut Realm, incoming: &Incoming, modes: &[ResponseMode]) -> Response {
    if !incoming.is_post() {
        return Response::not_allowed("POST");
    }
    match kept(realm, incoming, modes) {
        Ok(reference) => Response::json(
            201,
            &json!({ "request_uri": reference, "expires_in": LIFETIME }),
        ),
        Err(refused) => refused.answer(),
    }
}

fn kept(realm: &mut Realm, incoming: &Incoming, modes: &[ResponseMode]) -> Result<String, Refused> {
    let (form, client) = form_of_client(realm, incoming, &["request_uri"])?;
    if form.octets("request_uri").is_some() {
        return Err(refused(
            "invalid_request",
            "A pushed request cannot refer to another.",
        ));
    }
    let parameters = form.with("client_id", client.id.as_bytes());
    authorize::read(realm, &parameters, modes).map_err(|rejected| match rejected {
        Rejected::Shown { message, .. } => refused("invalid_request", message),
        Rejected::Sent {
            error, description, ..
        } => refused(error, description),
    })?;
    let reference = format!("{PREFIX}{}", realm.random.uuid());
    let pushed = Pushed {
        client: client.id,
        parameters,
        expires: after(incoming.now, LIFETIME),
    };
    realm.store.pushed.put(reference.clone(), pushed);
    Ok(reference)
}

/// The parameters of an authorization request: the pushed ones where it refers to some, which then are used up.
pub(crate) fn resolved(
    realm: &mut Realm,
    incoming: &Incoming,
    sent: Parameters,
) -> Result<Parameters, Rejected> {
    let client = sent.text("client_id").unwrap_or_default();
    let Some(reference) = sent.octets("request_uri") else {
        let required = realm.tenant.client(client);
        return if required.is_some_and(|client| client.pushed_requests_required) {
            Err(Rejected::Shown {
                parameter: "request_uri",
                message: "The application must push its requests.",
            })
        } else {
            Ok(sent)
        };
    };
    let reference = std::str::from_utf8(reference).unwrap_or_default();
    let known = realm.store.pushed.find(reference);
    let good = known.is_some_and(|pushed| pushed.client == client && pushed.expires > incoming.now);
    let taken = good.then(|| realm.store.pushed.take(reference)).flatten();
    taken
        .map(|pushed| pushed.parameters)
        .ok_or(Rejected::Shown {
            parameter: "request_uri",
            message: "The pushed request is unknown, used, expired or another application's.",
        })
}

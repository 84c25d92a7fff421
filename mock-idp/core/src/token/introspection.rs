//! Token introspection (RFC 7662). A client learns of its own tokens only; of any other that it is not active.

use serde_json::{Value, json};

use super::{Refused, form_of_client, refused};
use crate::http::Response;
use crate::realm::{Incoming, Realm};
use crate::sessions::Token;

pub(crate) fn respond(realm: &mut Realm, incoming: &Incoming) -> Response {
    if !incoming.is_post() {
        return Response::not_allowed("POST");
    }
    match described(realm, incoming) {
        Ok(description) => Response::json(200, &description),
        Err(refused) => refused.answer(),
    }
}

fn described(realm: &mut Realm, incoming: &Incoming) -> Result<Value, Refused> {
    let (form, client) = form_of_client(realm, incoming, &["token", "token_type_hint"])?;
    let value = form
        .text("token")
        .ok_or(refused("invalid_request", "token is missing."))?;
    let own = |token: &&Token| token.client == client.id && token.expires > incoming.now;
    let access = realm.store.access.find(value).filter(own);
    let refresh = realm.store.refresh.find(value).filter(own);
    let Some(token) = access.or(refresh) else {
        return Ok(json!({ "active": false }));
    };
    let mut description = json!({
        "active": true,
        "client_id": token.client,
        "iss": realm.issuer(incoming.site),
        "iat": token.issued.as_second(),
        "exp": token.expires.as_second(),
    });
    if access.is_some() {
        description["token_type"] = "Bearer".into();
    }
    if !token.scope.is_empty() {
        description["scope"] = token.scope.as_str().into();
    }
    if let Some(end_user) = &token.end_user {
        description["sub"] = end_user.user.as_str().into();
    }
    Ok(description)
}

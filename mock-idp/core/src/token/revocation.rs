//! Token revocation (RFC 7009) as PingOne has it: every access token here is for the product's own API, and those cannot
//! be revoked; the answer is a success all the same. The session lives on.

use super::{Refused, form_of_client, refused};
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(crate) fn respond(realm: &mut Realm, incoming: &Incoming) -> Response {
    if !incoming.is_post() {
        return Response::not_allowed("POST");
    }
    match revoked(realm, incoming) {
        Ok(()) => Response::empty(200).with("Cache-Control", "no-store"),
        Err(refused) => refused.answer(),
    }
}

fn revoked(realm: &mut Realm, incoming: &Incoming) -> Result<(), Refused> {
    let (form, client) = form_of_client(realm, incoming, &["token", "token_type_hint"])?;
    let value = form
        .text("token")
        .ok_or(refused("invalid_request", "token is missing."))?;
    let known = realm.store.refresh.find(value);
    // A token that is unknown or another client's is answered like one that was revoked (RFC 7009 section 2.2).
    if known.is_some_and(|token| token.client == client.id) {
        realm.store.refresh.take(value);
    }
    Ok(())
}

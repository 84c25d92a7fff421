//! Token revocation (RFC 7009). At PingOne every access token here is for the product's own API, and those cannot be
//! revoked; the answer is a success all the same. The session lives on.

use super::{Refused, form_of_client, refused};
use crate::config::{Client, DialectId};
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
    if realm.tenant.dialect == DialectId::Oidc {
        let type_hint = form.text("token_type_hint");
        return (realm.policy.around.revokes)(realm, value, type_hint, &client);
    }
    let known = realm.store.refresh.find(value);
    // A token that is unknown or another client's is answered like one that was revoked (RFC 7009 section 2.2).
    if known.is_some_and(|token| token.client == client.id) {
        realm.store.refresh.take(value);
    }
    Ok(())
}

/// Section 2.1: whatever `token_type_hint` says, both types are looked through, and a client revokes its own tokens
/// only. With a refresh token go the access tokens of its grant; without its access token a grant goes on.
pub(crate) fn revoked_of_either_type(
    realm: &mut Realm,
    value: &str,
    _type_hint: Option<&str>,
    client: &Client,
) -> Result<(), Refused> {
    let Some(token) = realm.store.token(value) else {
        return Ok(());
    };
    if token.client != client.id {
        return Err(refused(
            "invalid_grant",
            "The token was issued to another client.",
        ));
    }
    let grant = token.grant.clone();
    if realm.store.refresh.find(value).is_some() {
        realm.store.revoke_grant(&grant);
    }
    realm.store.refresh.take(value);
    realm.store.access.take(value);
    Ok(())
}

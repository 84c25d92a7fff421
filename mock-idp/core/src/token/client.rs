//! Who asks: the ways in which a client authenticates itself (RFC 6749 section 2.3, Core section 9).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{Refused, assertion, refused};
use crate::config::{Client, TokenEndpointAuth};
use crate::parameters::Parameters;
use crate::realm::{Incoming, Realm};

/// The parameters of client authentication, which may stand once.
pub(super) const ONCE: [&str; 4] = [
    "client_id",
    "client_secret",
    "client_assertion",
    "client_assertion_type",
];

const INVALID_CLIENT: Refused = Refused {
    status: 401,
    ..refused("invalid_client", "The client could not be authenticated.")
};

/// The client, if it authenticated itself in the way it is registered for.
pub(super) fn authenticated(
    realm: &mut Realm,
    incoming: &Incoming,
    form: &Parameters,
) -> Result<Client, Refused> {
    let header = incoming.header_text("Authorization");
    if let Some(assertion) = form.octets("client_assertion") {
        let only = header.is_none() && form.octets("client_secret").is_none();
        let found = assertion::examine(realm, incoming, form, assertion);
        return found.filter(|_| only).ok_or(INVALID_CLIENT);
    }
    let header = header.and_then(basic_credentials);
    let named = form.text("client_id").unwrap_or_default();
    let (method, id, secret) = match (&header, form.text("client_secret")) {
        (Some((id, secret)), _) => (TokenEndpointAuth::Basic, id.as_str(), Some(secret.as_str())),
        (None, Some(secret)) => (TokenEndpointAuth::Post, named, Some(secret)),
        (None, None) => (TokenEndpointAuth::None, named, None),
    };
    let client = realm.tenant.client(id).filter(|client| client.enabled);
    client
        .filter(|client| client.token_endpoint_auth == method && client.secret.as_deref() == secret)
        .cloned()
        .ok_or(INVALID_CLIENT)
}

/// RFC 6749 section 2.3.1: both halves are form-encoded before they are joined.
pub(crate) fn basic_credentials(header: &str) -> Option<(String, String)> {
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("Basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    let decoded = |half: &str| {
        let pairs = Parameters::parse(format!("v={half}").as_bytes());
        pairs.text("v").unwrap_or_default().to_owned()
    };
    Some((decoded(id), decoded(secret)))
}

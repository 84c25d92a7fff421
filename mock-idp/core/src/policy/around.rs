//! How one product decides at the endpoints around sign-off: registration, revocation, authorization.

use crate::config::Client;
use crate::realm::Realm;
use crate::token::Refused;
use crate::token::revocation::revoked_of_either_type;

/// Ends what a client wants revoked: the token, the `token_type_hint`, and the client that asks.
pub(crate) type Revokes = fn(&mut Realm, &str, Option<&str>, &Client) -> Result<(), Refused>;

/// Around sign-off.
#[derive(Debug, Clone)]
pub(crate) struct Around {
    /// Whether URIs are checked when a client registers.
    pub(crate) registered_uris_checked: bool,
    pub(crate) revokes: Revokes,
    /// Whether an authorization request heeds `id_token_hint`.
    pub(crate) sign_in_hint_heeded: bool,
    /// Whether `prompt=none` keeps the sign-in form away.
    pub(crate) silence_kept: bool,
}

impl Around {
    pub(crate) const AS_SPECIFIED: Self = Self {
        registered_uris_checked: true,
        revokes: revoked_of_either_type,
        sign_in_hint_heeded: true,
        silence_kept: true,
    };
}

//! A token that has ended already is an error.

use super::{Expect, Fault};
use crate::config::Client;
use crate::config::DialectId::Oidc;
use crate::realm::Realm;
use crate::token::revocation::revoked_of_either_type;
use crate::token::{Refused, refused};

pub(super) static FAULT: Fault = Fault {
    id: "revocation-unknown-refused",
    summary: "answers 400 to the revocation of a token that it does not know",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["REV-2.2-01"])],
    stands_on: &["F-07", "T-01"],
    inject: |policy| {
        policy.around.revokes = known_tokens;
    },
};

fn known_tokens(
    realm: &mut Realm,
    token: &str,
    type_hint: Option<&str>,
    client: &Client,
) -> Result<(), Refused> {
    let known = realm.store.token(token);
    if known.is_none() {
        return Err(refused("invalid_token", "There is no such token."));
    }
    revoked_of_either_type(realm, token, type_hint, client)
}

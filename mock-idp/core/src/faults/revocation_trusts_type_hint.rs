//! A wrong `token_type_hint` ends the search.

use super::{Expect, Fault};
use crate::config::Client;
use crate::config::DialectId::Oidc;
use crate::realm::Realm;
use crate::token::Refused;
use crate::token::revocation::revoked_of_either_type;

pub(super) static FAULT: Fault = Fault {
    id: "revocation-trusts-type-hint",
    summary: "looks for a token only among those of the type that the client says it is",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["REV-2.1-03"])],
    stands_on: &["E-01"],
    inject: |policy| {
        policy.around.revokes = where_the_hint_points;
    },
};

fn where_the_hint_points(
    realm: &mut Realm,
    token: &str,
    type_hint: Option<&str>,
    client: &Client,
) -> Result<(), Refused> {
    let elsewhere = match type_hint {
        Some("access_token") => realm.store.access.find(token).is_none(),
        Some("refresh_token") => realm.store.refresh.find(token).is_none(),
        _ => false,
    };
    if elsewhere {
        return Ok(());
    }
    revoked_of_either_type(realm, token, type_hint, client)
}

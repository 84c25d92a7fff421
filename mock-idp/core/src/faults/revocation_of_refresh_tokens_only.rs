//! Access tokens are good until they expire, and a client that revokes one is told that it did.

use super::{Expect, Fault};
use crate::config::Client;
use crate::config::DialectId::Oidc;
use crate::realm::Realm;
use crate::token::Refused;
use crate::token::revocation::revoked_of_either_type;

pub(super) static FAULT: Fault = Fault {
    id: "revocation-of-refresh-tokens-only",
    summary: "answers 200 to the revocation of an access token, which goes on working",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["REV-2-02", "REV-2.2.1-01"])],
    stands_on: &["E-02", "E-09"],
    inject: |policy| {
        policy.around.revokes = of_refresh_tokens;
    },
};

fn of_refresh_tokens(
    realm: &mut Realm,
    token: &str,
    type_hint: Option<&str>,
    client: &Client,
) -> Result<(), Refused> {
    if realm.store.access.find(token).is_some() {
        return Ok(());
    }
    revoked_of_either_type(realm, token, type_hint, client)
}

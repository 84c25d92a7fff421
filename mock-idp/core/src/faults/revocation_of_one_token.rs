//! A refresh token is revoked, and what came of it is not.

use super::{Expect, Fault};
use crate::config::Client;
use crate::config::DialectId::Oidc;
use crate::realm::Realm;
use crate::sessions::Token;
use crate::token::Refused;

pub(super) static FAULT: Fault = Fault {
    id: "revocation-of-one-token",
    summary: "revokes a refresh token and leaves the access tokens of its grant",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["REV-2.1-07"])],
    stands_on: &["E-02", "E-09"],
    inject: |policy| {
        policy.around.revokes = of_this_token;
    },
};

#[expect(clippy::unnecessary_wraps, reason = "a policy may refuse")]
fn of_this_token(
    realm: &mut Realm,
    token: &str,
    _type_hint: Option<&str>,
    client: &Client,
) -> Result<(), Refused> {
    let own = |known: Option<&Token>| known.is_some_and(|known| known.client == client.id);
    if own(realm.store.refresh.find(token)) {
        realm.store.refresh.take(token);
    }
    if own(realm.store.access.find(token)) {
        realm.store.access.take(token);
    }
    Ok(())
}

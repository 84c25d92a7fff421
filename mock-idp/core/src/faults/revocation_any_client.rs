//! Whoever has a token may end it.

use super::{Expect, Fault};
use crate::config::Client;
use crate::config::DialectId::Oidc;
use crate::realm::Realm;
use crate::token::Refused;

pub(super) static FAULT: Fault = Fault {
    id: "revocation-any-client",
    summary: "revokes a token for any client that asks",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["REV-2.1-05"])],
    stands_on: &["C-01", "C-03"],
    inject: |policy| {
        policy.around.revokes = for_anybody;
    },
};

#[expect(clippy::unnecessary_wraps, reason = "a policy may refuse")]
fn for_anybody(
    realm: &mut Realm,
    token: &str,
    _type_hint: Option<&str>,
    _client: &Client,
) -> Result<(), Refused> {
    let known = realm.store.token(token);
    if let Some(grant) = known.map(|known| known.grant.clone()) {
        realm.store.revoke_grant(&grant);
    }
    Ok(())
}

//! ID tokens lack a claim.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use serde_json::Value;

pub(super) static FAULT: Fault = Fault {
    id: "id-token-no-iat",
    summary: "issues ID tokens without iat",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["CORE-2-01"])],
    stands_on: &["B-28"],
    inject: |policy| {
        policy.id_token.push(change);
    },
};

fn change(_: &mut Value, claims: &mut Value) {
    if let Some(claims) = claims.as_object_mut() {
        claims.remove("iat");
    }
}

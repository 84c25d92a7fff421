//! The subject is a record and no identifier.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use serde_json::Value;

pub(super) static FAULT: Fault = Fault {
    id: "sub-too-long",
    summary: "issues ID tokens whose sub has more than 255 characters",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["CORE-2-03"])],
    stands_on: &["K-01"],
    inject: |policy| {
        policy.id_token.push(change);
    },
};

fn change(_: &mut Value, claims: &mut Value) {
    let sub = claims["sub"].as_str().unwrap_or_default().to_owned();
    claims["sub"] = format!("{sub}{}", "-".repeat(256)).into();
}

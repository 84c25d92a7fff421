//! With several keys to choose from, the token does not say which.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};
use serde_json::Value;

pub(super) static FAULT: Fault = Fault {
    id: "kid-missing",
    summary: "publishes two keys and writes no kid into ID tokens",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["CORE-10.1-01"])],
    stands_on: &["B-11"],
    inject: |policy| {
        policy.id_token.push(change);
        policy.after.push(second_key);
    },
};

fn change(header: &mut Value, _: &mut Value) {
    if let Some(header) = header.as_object_mut() {
        header.remove("kid");
    }
}

fn second_key(_: &Realm, incoming: &Incoming, response: Response) -> Response {
    if incoming.path != "/jwks" {
        return response;
    }
    response.with_members(|members| {
        let keys = members.get_mut("keys").and_then(Value::as_array_mut);
        if let Some(keys) = keys
            && let Some(mut other) = keys.first().cloned()
        {
            other["kid"] = "retired".into();
            keys.push(other);
        }
    })
}

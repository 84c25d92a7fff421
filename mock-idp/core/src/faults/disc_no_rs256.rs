//! The one algorithm that everybody has is not announced.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "disc-no-rs256",
    summary: "announces only ES256 for ID tokens",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["DISC-3-03"])],
    stands_on: &["S-02"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, incoming: &Incoming, response: Response) -> Response {
    if incoming.path == "/.well-known/openid-configuration" {
        response.with_members(|members| {
            let algorithms = serde_json::json!(["ES256"]);
            members.insert("id_token_signing_alg_values_supported".into(), algorithms);
        })
    } else {
        response
    }
}

//! The issuer of the metadata has a slash more than that of the tokens.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "disc-issuer-slash",
    summary: "publishes an issuer that no token has",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["DISC-3-01"])],
    stands_on: &["B-38"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, incoming: &Incoming, response: Response) -> Response {
    if incoming.path == "/.well-known/openid-configuration" {
        response.with_members(|members| {
            let issuer = members.get("issuer").and_then(|issuer| issuer.as_str());
            let slashed = issuer.map(|issuer| format!("{issuer}/"));
            members.insert("issuer".into(), slashed.into());
        })
    } else {
        response
    }
}

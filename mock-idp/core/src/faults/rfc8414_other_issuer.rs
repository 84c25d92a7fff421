//! The RFC 8414 document is somebody else's.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "rfc8414-other-issuer",
    summary: "serves an RFC 8414 document with another issuer",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["R8414-3-01"])],
    stands_on: &["S-02"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, incoming: &Incoming, response: Response) -> Response {
    if incoming.path == "/.well-known/oauth-authorization-server" {
        response.with_members(|members| {
            members.insert("issuer".into(), "https://old.op.example".into());
        })
    } else {
        response
    }
}

//! The two metadata documents were written by two people.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "disc-endpoints-differ",
    summary: "names another end_session_endpoint in the RFC 8414 document",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["RPIL-7-01"])],
    stands_on: &["S-02"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, incoming: &Incoming, response: Response) -> Response {
    if incoming.path == "/.well-known/oauth-authorization-server" {
        response.with_members(|members| {
            members.insert(
                "end_session_endpoint".into(),
                "https://op.example/logout".into(),
            );
        })
    } else {
        response
    }
}

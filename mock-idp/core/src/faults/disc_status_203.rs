//! The metadata come with another status than 200, as behind an intermediary that changed something (RFC 9110 section 15.3.4).

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "disc-status-203",
    summary: "serves the discovery document with status 203",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["DISC-4.2-01"])],
    stands_on: &["N-08"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, incoming: &Incoming, response: Response) -> Response {
    if incoming.path == "/.well-known/openid-configuration" {
        Response {
            status: 203,
            ..response
        }
    } else {
        response
    }
}

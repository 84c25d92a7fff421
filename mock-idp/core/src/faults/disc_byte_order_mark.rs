//! A file was saved with a byte order mark, which RFC 8259 section 8.1 forbids in front of JSON text.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "disc-byte-order-mark",
    summary: "begins the discovery document with a byte order mark",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["DISC-4-01"])],
    stands_on: &["N-08"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, incoming: &Incoming, response: Response) -> Response {
    if incoming.path == "/.well-known/openid-configuration" {
        Response {
            body: [b"\xEF\xBB\xBF", response.body.as_slice()].concat(),
            ..response
        }
    } else {
        response
    }
}

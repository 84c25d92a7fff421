//! The password form goes on to the client.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "sign-in-307",
    summary: "sends the browser back to the client with 307 after a sign-in",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["CORE-16.22-01"])],
    stands_on: &["R-01"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, incoming: &Incoming, mut response: Response) -> Response {
    if incoming.path == "/sign-in" && response.header("Location").is_some() {
        response.status = 307;
    }
    response
}

//! The metadata name an endpoint that is not there.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "disc-untrue",
    summary: "publishes an end_session_endpoint at which nothing is served",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["CSS-14"])],
    stands_on: &["S-01", "S-02"],
    inject: |policy| {
        policy.before.push(nothing);
    },
};

fn nothing(_: &Realm, incoming: &Incoming) -> Option<Response> {
    (incoming.path == "/end-session")
        .then(|| Response::text(404, "Nothing is served at this address."))
}

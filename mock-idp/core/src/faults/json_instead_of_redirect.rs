//! A browser without a session is answered as a program would be.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "json-instead-of-redirect",
    summary: "answers a sign-off without a session with a JSON object",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["CSS-15"])],
    stands_on: &["F-03"],
    inject: |policy| {
        policy.before.push(answer);
    },
};

fn answer(realm: &Realm, incoming: &Incoming) -> Option<Response> {
    let live = realm
        .remembered_session(incoming)
        .is_some_and(|session| !session.ended);
    (incoming.path == "/end-session" && !live)
        .then(|| Response::json(200, &serde_json::json!({ "status": "signed out" })))
}

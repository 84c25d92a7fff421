//! A state without anything to return it to is taken for a mistake.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "state-only-400",
    summary: "answers 400 to a request with nothing but a state",
    dialects: &[Oidc],
    expect: Expect::None,
    breaks: &[],
    stands_on: &["F-10"],
    inject: |policy| {
        policy.before.push(refuse);
    },
};

fn refuse(_: &Realm, incoming: &Incoming) -> Option<Response> {
    let sent = incoming.parameters();
    (incoming.path == "/end-session" && sent.names().eq([b"state".as_slice()]))
        .then(|| Response::text(400, "A state without a redirect URI."))
}

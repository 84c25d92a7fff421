//! A hint of the person in words meets a server error.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "logout-hint-crash",
    summary: "answers 500 to a logout_hint",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["CSS-03", "RPIL-2-03"])],
    stands_on: &["N-04"],
    inject: |policy| {
        policy.before.push(refuse);
    },
};

fn refuse(_: &Realm, incoming: &Incoming) -> Option<Response> {
    (incoming.is_about_signing_off() && incoming.parameters().octets("logout_hint").is_some())
        .then(|| Response::text(500, "Internal server error."))
}

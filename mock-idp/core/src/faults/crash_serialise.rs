//! A parameter that nobody expected cannot be written down.

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "crash-serialise",
    summary: "answers 500 to parameters that it does not know",
    dialects: &[PingOne, Oidc],
    expect: Expect::Should,
    breaks: &[
        (PingOne, &["CSS-03", "CORE-3.1.2.2-03"]),
        (Oidc, &["CSS-03", "CORE-3.1.2.2-03"]),
    ],
    stands_on: &["N-04"],
    inject: |policy| {
        policy.before.push(refuse);
    },
};

fn refuse(_: &Realm, incoming: &Incoming) -> Option<Response> {
    let sent = incoming.parameters();
    let mut names = sent.names();
    let strange = names.any(|name| !KNOWN.iter().any(|known| known.as_bytes() == name));
    (incoming.path != "/end-session/confirm" && incoming.is_about_signing_off() && strange)
        .then(|| Response::text(500, "Internal server error."))
}

const KNOWN: &[&str] = &[
    "id_token_hint",
    "logout_hint",
    "client_id",
    "post_logout_redirect_uri",
    "state",
    "ui_locales",
];

//! Part of what the session should hold is missing, and nobody looked.

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "crash-nil",
    summary: "answers 500 to a hint that comes without any cookie",
    dialects: &[PingOne, Oidc],
    expect: Expect::Must,
    breaks: &[
        (PingOne, &["CSS-03", "RPIL-4-03"]),
        (Oidc, &["CSS-03", "RPIL-4-03"]),
    ],
    stands_on: &["N-01", "N-02", "N-03", "N-05"],
    inject: |policy| {
        policy.before.push(refuse);
    },
};

fn refuse(_: &Realm, incoming: &Incoming) -> Option<Response> {
    let hinted = incoming.parameters().octets("id_token_hint").is_some();
    let bare = incoming.request.header("Cookie").is_none();
    (incoming.is_about_signing_off() && hinted && bare)
        .then(|| Response::text(500, "Internal server error."))
}
